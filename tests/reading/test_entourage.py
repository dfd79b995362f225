"""Who takes part in a meeting or visit because a later sentence counts him among a delegation, in somebody's company or at the table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.record import Record

Read = Callable[..., Record]

VISIT = "وصل وزير الخارجية الكندي جورج تايلور إلى مدريد في زيارة رسمية. "

TABLE = [
    (VISIT + "ويضم الوفد السفيرة الكندية ماري كوبر ومستشار الرئيس الكندي جون هاربر.", {"جورج تايلور", "ماري كوبر", "جون هاربر"}),
    (VISIT + "ويرافقه في الزيارة السفير الكندي جون هاربر.", {"جورج تايلور", "جون هاربر"}),
    (VISIT + "ويرافق الوزير كل من السفير الكندي جون هاربر والسفيرة الكندية ماري كوبر.", {"جورج تايلور", "ماري كوبر", "جون هاربر"}),
    (VISIT + "وحضر اللقاء السفير الكندي جون هاربر.", {"جورج تايلور", "جون هاربر"}),
    # no delegation, no meeting
    (VISIT + "ويضم المتحف لوحة أهداها السفير الكندي جون هاربر.", {"جورج تايلور"}),
    (VISIT + "وحضر المباراة السفير الكندي جون هاربر.", {"جورج تايلور"}),
    # of a land that is no party
    (VISIT + "ويرافقه في الطائرة السفير الياباني كينجي تاناكا.", {"جورج تايلور"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TABLE, ids=[row[0] for row in TABLE])
def test_who_is_of_the_party(read: Read, text: str, wanted: set[str]) -> None:
    record = read(text)
    acting = {record.actor(key).name for event in record.events if event.type == "CONSULT" for key in (*event.source, *event.target) if record.actor(key).kind == "person"}
    assert acting == wanted
