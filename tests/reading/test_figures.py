"""Stances that a clause states of the one an issue is about, by a pronoun."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.record import Record

Read = Callable[..., Record]

# A text, and who stands how on Assad's future by a pronoun.
STANCES = [
    ("وبحث الوزراء مصير الرئيس السوري بشار الأسد الذي تطالب برحيله فرنسا وبريطانيا.", {"FRA oppose", "GBR oppose"}),
    ("وزار الرئيس السوري بشار الأسد، الذي تدعمه موسكو، مدينة حلب.", {"RUS support"}),
    ("قصفت قوات الأسد الذي تسانده إيران وحزب الله أحياء في حلب.", {"IRN support", "HEZBOLLAH support"}),
    ("والتقى الوفد الرئيس الأسد الذي يدعو الغربيون إلى تنحيه.", {"OTHER:West oppose"}),
    # an example of those a plural verb tells of
    ("اختلف من يريدون رحيل الأسد ومن يدعمونه مثل الرئيس بوتين.", {"RUS support"}),
    ("بين من يطالبون برحيل الأسد ومن يعارضونه وفي مقدمتهم تركيا خلاف قديم.", {"TUR oppose"}),
    # nothing is said for or against him
    ("دعا الأسد الذي زارته فرنسا إلى الحوار.", set()),
    # it is denied
    ("رحل الأسد الذي لا تدعمه الصين إلى المنفى.", set()),
    # the clause describes somebody else, or another man was named since
    ("بحث كيري مصير الأسد مع لافروف الذي تدعمه موسكو.", set()),
    ("طالب الأسد روسيا بالدعم، وقال إن من يدعمون الرئيس أردوغان مثل قطر أخطأوا.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "held"), STANCES)
def test_who_is_for_or_against_him(read: Read, text: str, held: set[str]) -> None:
    record = read(text)
    code = {actor.id: actor.code for actor in record.actors}
    assert {f"{code[p.holder]} {p.stance}" for p in record.positions if p.rule == "position.assad-future.pronoun"} == held
