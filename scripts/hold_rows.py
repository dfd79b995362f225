"""The last step of training: the least change of the weights by which every row of the lexicon keeps its own sentences.

What a row's examples and counter-examples say is not for the articles to outvote: where one does not hold, only weights that carry the
row's own name are moved, just far enough, and never by more than ``LIMIT``; all other rows are read as before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import prove_rows
from mahdar.reading.choose import SURE, Chooser
from mahdar.reading.reader import Reader
from mahdar.reading.statements import REPORTS
from mahdar.reading.status import StatusReader
from mahdar.reading.weights import Classes, weigh
from mahdar.record import Article
from mahdar.scoring import norm_code

MARGIN = 0.1  # how far beyond the threshold a sentence is brought
LIMIT = 1.2  # the most a weight is moved; a sentence that asks for more is left to the test of the rows
ROUNDS = 6


def hold(weights, lexicon):
    """The weights moved until the rows' sentences hold, or as many as can be made to."""
    proofs, moved = list(prove_rows.proofs()), Counter()
    best, least = weights, len(proofs)
    for _ in range(ROUNDS):
        now = _moved(weights, moved)
        reader = Reader(lexicon, weights=now)
        failing = [proof for proof in proofs if prove_rows.failure(reader, proof)]
        if len(failing) < least:
            best, least = now, len(failing)
        steps = Counter()
        for proof in failing:
            (_act_steps if proof.kind == "acts" else _cue_steps)(reader, proof, steps)
        for name, step in steps.items():
            moved[name] = max(-LIMIT, min(LIMIT, moved[name] + step))
    print(f"{least} of {len(proofs)} sentences of the lexicon do not hold")
    return best


def _moved(weights, moved):
    models = {"event": dict(weights.event), "statement": dict(weights.statement)}
    models |= {status: weights.status.model(status) for status in weights.status.names}
    for (model, name), by in moved.items():
        models[model][name] = round(models[model].get(name, 0.0) + by, 3)
    return replace(weights, event=models["event"], statement=models["statement"], status=Classes.of({status: models[status] for status in weights.status.names}))


def _act_steps(reader, proof, steps):
    """What the row's own proposals lack: the score to be told or kept silent, or the lead over other parties."""
    reading = reader.reading(Article(proof.name, proof.text, published=prove_rows.PUBLISHED))
    own = [p for p in reading.proposals if p.trigger.act.id == proof.row["id"]]
    by_act = ("event", f"act={proof.row['id']}")
    if proof.example is None:
        steps[by_act] -= max((p.score - reader.weights.threshold + MARGIN for p in own if p in reading.events), default=0.0)
        return
    chooser = Chooser(reader.weights, reading.cast, reader.sums)
    right = [(weigh(reader.weights.event, {**p.features, **o.features}), at, p, o) for at, p in enumerate(own) for o in chooser.options(p) if _fits(proof, o)]
    if not right:
        return
    score, _, proposal, option = max(right, key=lambda found: found[:2])
    if (proposal.source_codes, proposal.target_codes) != (option.source_codes, option.target_codes):
        taken = chooser.option(proposal)
        names = [name for name in option.features if name.startswith(f"{proof.row['id']} ") and (taken is None or name not in taken.features)]
        if names:
            steps["event", names[0]] += max(0.0, proposal.score - score) + MARGIN
    elif score <= reader.weights.threshold:
        steps[by_act] += reader.weights.threshold - score + MARGIN
    elif proposal.status != proof.example["status"] and proposal in reading.events:
        scores = reader.weights.status.scores(StatusReader(reading.document, reading.clauses, reader.stems, reader.weights.status).features(proposal))
        lead = max(scores.values()) - scores[proof.example["status"]]
        steps[proof.example["status"], by_act[1]] += lead + MARGIN
    elif score < SURE and not any(proposal is event or proposal in event.told for event in reading.events):
        steps[by_act] += SURE - score + MARGIN  # a surer act next to it has taken its place


def _fits(proof, option):
    sides = ((option.source_codes, proof.example["source"]), (option.target_codes, proof.example["target"]))
    if proof.row.get("mutual"):
        sides = ((sides[0][0] + sides[1][0], [*sides[0][1], *sides[1][1]]),)
    return all({norm_code(c) for c in found} == {norm_code(c) for c in wanted} for found, wanted in sides)


def _cue_steps(reader, proof, steps):
    """What the row's own cue lacks to report, or to keep silent, before these words."""
    reading = reader.reading(Article(proof.name, proof.text, published=prove_rows.PUBLISHED))
    rule = f"cue.{proof.row['id']}"
    for cue in reading.statements.candidates:
        name = next((name for name in cue.features if name.startswith(f"rule={cue.rule} intro=")), None)
        if name is None or cue.rule != rule and not cue.rule.startswith(f"{rule}."):
            continue
        lead = weigh(reader.weights.statement, cue.features) - REPORTS
        if (lead > 0) == (proof.example is None):
            steps["statement", name] -= lead + (MARGIN if lead > 0 else -MARGIN)
