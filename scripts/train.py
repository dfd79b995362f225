"""Learn the weights of ``mahdar.reading.choose`` from annotated articles (``make train``).

    python scripts/train.py GOLD [GOLD …] [--out FILE]

GOLD is a folder of annotated articles, a .jsonl file of stand-off annotations of the corpus, or sentences.jsonl, of which only the events
are known. All models but the last are linear, learned by AdaGrad in an order drawn from a seed and averaged over the steps and the seeds: the same input
gives the same file. Reporting cues and the acts told by a statement's words are learned one by one (logistic loss); the fillers of a slot
and the date by ranking, with "none" as one more candidate (softmax); a status and a stance as classes; an event as the choice among the
ways to fill a proposal's slots, or none of them; then trees are grown for the second look (LightGBM), from what all this says of articles it has not seen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import repeat
from operator import mul
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import lightgbm
import numpy

from hold_rows import hold
from mahdar.lexicon.load import DATA, load_lexicon, read_rows
from mahdar.reading.choose import NUMERIC, Chooser
from mahdar.reading.merge import apart
from mahdar.reading.positions import STANCES
from mahdar.reading.reader import Reader
from mahdar.reading.status import StatusReader
from mahdar.reading.timeplace import DateChooser
from mahdar.reading.tone import TYPES as TONES
from mahdar.reading.verdict import MEASURES, TOLD_AGAIN, Verdict, measured
from mahdar.reading.weights import WEIGHTS, Classes, Forest, Weights, weigh
from mahdar.record import ISSUES, SYMMETRIC, Article
from mahdar.scoring import norm_code, parties_fit, span, touches

# Between -0.5 and -0.3 the F1 of events on articles held out differs by 0.004 (0.499, 0.495); the stricter is the more precise (0.49, 0.51).
THRESHOLD = -0.3
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "articles.jsonl.gz"
EPOCHS, FOLDS, SEEDS = 5, 3, 4
PREFER = 0.3  # how strongly a telling with all its parties is preferred to one that leaves some out
RARE = 3  # a feature of the event model, or a word of a statement, counts from its third time on
TONE_L2 = 0.002
# Gradient boosting of the second look.
NEAR_BEST = 0.004  # of the F1: what is as good as the best, so that the more precise may be chosen
ROUNDS = 100
TREES = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 16, "min_data_in_leaf": 100, "lambda_l2": 10.0, "cat_smooth": 30.0, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 7, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
POSITION_L2 = 25.0  # over all examples: most candidates are nothing, and few words are seen often
# Acts that articles about diplomacy seldom tell are decided more leniently: added to the weight of their type. On sentences held out, with
# PROTEST at 1.0, it finds 30 of 53 protests instead of 18 and 37 of 56 attacks instead of 30; it costs the events of articles less than 0.002.
LENIENT = {"PROTEST": 0.8, "ASSAULT": 0.7, "COERCE": 0.7, "RETREAT": 0.5, "CONCEDE": 0.5}
SENTENCES = "sentences.jsonl"
STATUSES = ("actual", "planned", "possible", "denied")
EMPTY = Weights({}, {}, {}, Classes(), {}, 0.0)


class Told(NamedTuple):
    """The parties of one way to tell an act."""

    source_codes: tuple
    target_codes: tuple


def sentence(name, text, events):
    """One sentence as an article of its own, of which only the events are known."""
    told = [
        {"type": e["type"], "status": e.get("status", "actual"), "span": (0, len(text)),
         "s": {norm_code(c) for c in e.get("source") or []}, "t": {norm_code(c) for c in e.get("target") or []}}
        for e in events
    ]  # fmt: skip
    return Article(name, text), told, None, None  # undated: the day of a sentence alone tells nothing of its status


def load_examples():
    """The lexicon's own examples and counter-examples: every row teaches the weights too."""
    for row in read_rows(DATA)["acts"]:
        for at, example in enumerate(row.get("examples") or []):
            yield sentence(f"{row['id']} {at}", example["text"], [{**example, "type": row["type"]}])
        for at, text in enumerate(row.get("not") or []):
            yield sentence(f"{row['id']} not {at}", text, [])


def load_sentences(file):
    """Annotated sentences, one to a line: ``{"text", "events": [{"type", "source", "target", "status"}]}``."""
    for at, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        yield sentence(f"{file.name}:{at}", row["text"], row["events"])


def cue_span(cue, text, content):
    """The occurrence of a cue nearest to the words it introduces."""
    found, at = [], text.find(cue)
    while at >= 0:
        found.append((min(abs(at - content[0]), abs(at - content[1])), at))
        at = text.find(cue, at + 1)
    at = min(found)[1] if found else 0
    return at, at + len(cue)


def annotated(place):
    """The annotated articles of a folder, or of a file of stand-off annotations joined with the corpus they were made on."""
    if place.suffix != ".jsonl":
        yield from (json.loads(file.read_text(encoding="utf-8")) for file in sorted(place.glob("*.json")))
        return
    if not CORPUS.is_file():
        raise SystemExit(f"{place}: its articles are not here; put the corpus at {CORPUS}, or leave this file out")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        texts = {a["id"]: a for a in map(json.loads, file)}
    for line in place.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = texts[row["id"]]
        if len(article["text"]) != row["length"]:
            raise SystemExit(f"{place}: {row['id']}: the corpus holds another edition of this text; annotate it anew")
        yield {**article, "gold": row["gold"]}


def load(folders):
    out = []
    for folder in map(Path, folders):
        if folder.name == SENTENCES:
            out.extend(load_sentences(folder))
            continue
        for a in annotated(folder):
            events = [
                {**e, "span": span(e["evidence"], a["text"]), "s": {norm_code(c) for c in e["source"]}, "t": {norm_code(c) for c in e["target"]}}
                for e in a["gold"]["events"]
            ]
            at, statements = 0, []
            for st in a["gold"]["statements"]:
                content = span(st["content"], a["text"], at)
                at = content[0]
                cue = st["cue"] if isinstance(st["cue"], list) else cue_span(st["cue"], a["text"], content)
                statements.append((tuple(cue), content))
            stands = [(norm_code(x["holder"]), x["on"] if x["on"].islower() else norm_code(x["on"]), x["stance"], span(x["evidence"], a["text"])) for x in a["gold"]["positions"]]
            out.append((Article(a["id"], a["text"], a.get("title") or "", a["published"], a.get("source") or ""), events, statements, stands))
    return out


class Model:
    """One linear model, learned by AdaGrad; its weights are the average over all steps, which forgives the order of the examples.

    With ``seen``, how often each feature occurs, ``l2`` holds a rare feature back as much as a common one.
    """

    def __init__(self, rate=0.2, l2=0.0, seen=None):
        self.w, self.g, self.rate, self.l2, self.seen = defaultdict(float), defaultdict(lambda: 1e-6), rate, l2, seen
        self.late, self.steps = defaultdict(float), 1

    def step(self, features, slope):
        self.steps += 1
        for name, value in features.items():
            if not value:
                continue
            gradient = slope * value + (self.l2 / self.seen[name] if self.seen else self.l2) * self.w[name]
            self.g[name] += gradient * gradient
            change = -self.rate * gradient / math.sqrt(self.g[name])
            self.w[name] += change
            self.late[name] += change * self.steps

    def rounded(self):
        average = {k: v - self.late[k] / self.steps for k, v in self.w.items()}
        return {k: round(v, 3) for k, v in sorted(average.items()) if abs(v) >= 0.02}


def softmax_step(model, candidates, right):
    """One step of a ranking: ``right`` are the indices of the correct candidates."""
    scores = [weigh(model.w, f) for f in candidates]
    top = max(scores)
    exp = [math.exp(s - top) for s in scores]
    total, mass = sum(exp), sum(exp[i] for i in right) or 1e-9
    for i, features in enumerate(candidates):
        slope = exp[i] / total - (exp[i] / mass if i in right else 0.0)
        if abs(slope) > 1e-4:
            model.step(features, slope)


def classes_step(models, features, label):
    """One step of a softmax over classes with one weight vector each."""
    scores = {s: weigh(m.w, features) for s, m in models.items()}
    top = max(scores.values())
    exp = {s: math.exp(v - top) for s, v in scores.items()}
    total = sum(exp.values())
    for s, m in models.items():
        m.step(features, exp[s] / total - (s == label))


class Numbered:
    """Feature names by number: the event model sees millions of them."""

    def __init__(self):
        self.number = {name: at for at, name in enumerate(NUMERIC)}

    def of(self, names):
        return [self.number.setdefault(name, len(self.number)) for name in names]


def event_model(rows, numbered, rng, epochs, rate=0.1, l2=3e-4):
    """Softmax over a proposal's options and rejecting it (score 0); a feature counts from its third proposal on."""
    names = list(numbered.number)
    count = [0] * len(names)
    for base, options, _ in rows:
        for i in {*base, *(i for found, _ in options for i in found)}:
            count[i] += 1
    known = [i < len(NUMERIC) or n >= RARE for i, n in enumerate(count)]
    rows = [([i for i in base if known[i]], [([i for i in found if known[i]], scores) for found, scores in options], right) for base, options, right in rows]
    w, g, late, steps = [0.0] * len(names), [1e-6] * len(names), [0.0] * len(names), 1

    def move(i, slope):
        gradient = slope + l2 * w[i]
        g[i] += gradient * gradient
        change = -rate * gradient / math.sqrt(g[i])
        w[i] += change
        late[i] += change * steps

    for _ in range(epochs):
        rng.shuffle(rows)
        for base, options, right in rows:
            steps += 1
            common = sum(w[i] for i in base)
            scores = [common + sum(w[i] for i in found) + sum(map(mul, w, numeric)) for found, numeric in options] + [0.0]
            top = max(scores)
            exp = [math.exp(s - top) for s in scores]
            total = sum(exp)
            wanted = right or {len(options): 1.0}
            mass = sum(exp[i] * share for i, share in wanted.items()) or 1e-9
            shared = 0.0
            for at, (found, numeric) in enumerate(options):
                slope = exp[at] / total - exp[at] * wanted.get(at, 0.0) / mass
                shared += slope
                if abs(slope) > 1e-3:
                    for i in found:
                        move(i, slope)
                    for i, value in enumerate(numeric):
                        move(i, slope * value)
            if abs(shared) > 1e-3:
                for i in base:
                    move(i, shared)
    average = {name: w[i] - late[i] / steps for i, name in enumerate(names)}
    return {name: round(v, 3) for name, v in sorted(average.items()) if abs(v) >= 0.03}


def often(rows):
    """Rows of (features, label) without the features that are seen less than ``RARE`` times."""
    seen = Counter(name for features, _ in rows for name in features)
    return [({name: value for name, value in features.items() if seen[name] >= RARE}, label) for features, label in rows]


def learn(rows, step, models, rng, epochs):
    """Run ``epochs`` passes over ``rows`` in random order."""
    rows = list(rows)
    for _ in range(epochs):
        rng.shuffle(rows)
        for row in rows:
            step(models, *row)
    return models


def logistic_step(model, features, label):
    q = 1 / (1 + math.exp(-max(-30, min(30, weigh(model.w, features)))))
    model.step(features, q - label)


# -- one model after the other ---------------------------------------------------------------------------------------------------


def statement_model(data, lexicon, rng, epochs):
    """Which cues really report: right when a gold statement's cue overlaps it and its words start near where we would start."""
    reader, rows = Reader(lexicon, weights=EMPTY), []
    for article, _, statements, _ in data:
        if statements is None:
            continue
        reading = reader.propose(article)
        for cue in reading.statements.candidates:
            here = reading.document.span(cue.first, cue.last)
            start = reading.document.tokens.start[min(cue.start, len(reading.document.tokens) - 1)]
            right = any(touches(gold_cue, here) and abs(content[0] - start) < 25 for gold_cue, content in statements)
            rows.append((cue.features, float(right)))
    return learn(rows, logistic_step, Model(), rng, epochs).rounded()


def tone_models(data, lexicon, statement, rng, epochs):
    """Which acts a stretch of reported speech is by its words: right where a gold event of its speaker's touches it."""
    reader, rows = Reader(lexicon, weights=Weights({}, {}, {}, Classes(), statement, 0.0)), {t: [] for t in TONES}
    seen = Counter()
    for article, events, statements, _ in data:
        if statements is None:
            continue
        reading = reader.propose(article)
        for tone in reading.tones:
            where = reading.document.span(tone.first, tone.last)
            own = norm_code(reading.cast.entities[tone.spoken.speaker].code)
            told = {e["type"] for e in events if own in e["s"] and touches(e["span"], where)}
            seen.update(tone.features)
            for type_ in TONES:
                rows[type_].append((tone.features, float(type_ in told)))
    for found in rows.values():
        found[:] = [({name: value for name, value in features.items() if seen[name] >= RARE}, right) for features, right in found]
    return Classes.of({t: learn(rows[t], logistic_step, Model(0.1, TONE_L2), rng, epochs).rounded() for t in TONES})


def slot_models(prepared, rng, epochs):
    """Who fills source and target, learned on the proposals that match a gold event of their type."""
    ranking = {"source": [], "target": []}
    for reading, events, _ in prepared:
        chooser = Chooser(EMPTY, reading.cast)
        for p in reading.proposals:
            where = reading.document.span(p.trigger.at, p.trigger.last)
            gold = [e for e in events if e["type"] == p.trigger.act.type and touches(e["span"], where)]
            if not gold:
                continue
            both = set().union(*(e["s"] | e["t"] for e in gold))
            for role, slots in (("source", p.sources), ("target", p.targets)):
                wanted = both if p.trigger.act.type in SYMMETRIC else set().union(*(e[role[0]] for e in gold))
                right = [i for i, s in enumerate(slots) if (codes := {norm_code(c) for c in chooser.codes_of(s, p)}) and codes <= wanted]
                if not right and wanted:
                    continue
                ranking[role].append(([s.features for s in slots] + [chooser.none_features(p)], right or [len(slots)]))
    return tuple(learn(_often_ranked(ranking[role]), softmax_step, Model(), rng, epochs).rounded() for role in ("source", "target"))


def _often_ranked(rows):
    """Rows of (candidates, right) without the features of candidates that are seen in less than ``RARE`` of them."""
    seen = Counter(name for candidates, _ in rows for name in {name for features in candidates for name in features})
    return [([{name: value for name, value in features.items() if seen[name] >= RARE} for features in candidates], right) for candidates, right in rows]


def date_rows(prepared, slots):
    """The candidate dates of proposals that tell a gold event, and which of them that event has."""
    rows = []
    for reading, events, _ in prepared:
        chooser = Chooser(slots, reading.cast)
        dates = DateChooser(reading.document, reading.dates, reading.clauses, {})
        for p in reading.proposals:
            where = reading.document.span(p.trigger.at, p.trigger.last)
            near = [e for e in events if "date" in e and e["type"] == p.trigger.act.type and touches(e["span"], where)]
            if not near:
                continue
            told = next((e for e in near if any(fit_of(e, o) for o in chooser.options(p))), None)
            if told is None:
                continue
            found = dates.candidates(p)
            wanted = told["date"]
            right = [i for i, when in enumerate(found) if (when.value or "").startswith(wanted) if wanted] if wanted else [0]
            if right:
                rows.append(([dict.fromkeys(when.names, 1.0) for when in found], right))
    return rows


def event_rows(prepared, slots, days, numbered, stems):
    """Proposals with their options: which are right, and the status of the gold event they tell of."""
    rows, status_rows = [], []
    for reading, events, _ in prepared:
        chooser = Chooser(slots, reading.cast)
        dates = DateChooser(reading.document, reading.dates, reading.clauses, days)
        statuses = StatusReader(reading.document, reading.clauses, stems, Classes())
        for p in reading.proposals:
            options = chooser.options(p)
            where = reading.document.span(p.trigger.at, p.trigger.last)
            same = [e for e in events if e["type"] == p.trigger.act.type]
            near = [e for e in same if touches(e["span"], where)]
            best = best_of_visits if apart(p.trigger.act) else best_of
            fit = [best(near, o) for o in options]
            right = {i: value**PREFER for i, value in enumerate(fit) if value > 0}
            if not options or not right and any(fit_of(e, o) for e in same for o in options):
                continue  # told elsewhere: neither right nor wrong here
            seen = [([numbered.number.setdefault(n, len(numbered.number)) for n in o.features if n not in NUMERIC], o.scores) for o in options]
            rows.append((numbered.of(p.features), seen, right))
            if right:
                told = next(e for e in near if any(fit_of(e, options[i]) for i in right))
                p.date = dates.date(p).value
                p.when = dates.stands(p)
                status_rows.append((statuses.features(p), told["status"]))
    return rows, status_rows


def position_rows(prepared, reader, weights):
    """Candidate positions with the stance the gold gives them, or "none"."""
    rows = []
    for reading, _, stands in prepared:
        if stands is None:
            continue
        chooser = Chooser(weights, reading.cast)
        for p in reading.proposals:
            chooser.fill(p)
        for stand in reader.stands(reading):
            where = reading.document.span(stand.first, stand.last)
            same = [g for g in stands if g[0] == norm_code(stand.holder) and g[1] == (stand.on if stand.on in ISSUES else norm_code(stand.on))]
            near = [g for g in same if touches(g[3], where)]
            if not same or near:
                rows.append((stand.features, near[0][2] if near else "none"))
    return rows


def position_models(rows, rng, epochs):
    """What a candidate position must look like to be each stance, or none."""
    seen = Counter(name for features, _ in rows for name in features)
    rows = often(rows)
    models = {s: Model(0.2, POSITION_L2, seen) for s in (*STANCES, "none")}
    return Classes.of({s: m.rounded() for s, m in learn(rows, classes_step, models, rng, epochs).items()})


def verdict_rows(prepared, reader, first, seed):
    """What the second look sees of the ways to tell acts that the first has not learned from, whether each is right; and how many acts there are to tell.

    Rows are (measures, type, right, article, (seed, proposal)). An act told elsewhere is not told here where a surer telling of it is known; else it is neither right nor wrong.
    """
    rows, wanted = [], 0
    for reading, events, _ in prepared:
        if reader.short(reading):
            continue
        wanted += sum(e["type"] not in TOLD_AGAIN for e in events)
        reader.fill(reading, Chooser(first, reading.cast))
        for number, (p, ways) in enumerate(zip(reading.proposals, measured(reading.proposals, reading.document, reading.cast), strict=True)):
            where = reading.document.span(p.trigger.at, p.trigger.last)
            same = [e for e in events if e["type"] == p.trigger.act.type]
            near = [e for e in same if touches(e["span"], where)]
            told = [(Told(*pair[4:]), values) for (_, pair), values in zip(p.ways, ways, strict=False)]
            right = [best_of(near, way) > 0 for way, _ in told]
            if any(right) or not any(best_of(same, way) for way, _ in told) or ways[0][MEASURES.index("again")] > p.score:
                rows += [(values, p.trigger.act.type, fits, reading.document.article.id, (seed, number)) for (_, values), fits in zip(told, right, strict=True)]
    return rows, wanted


def verdict_model(rows, wanted, folds=3):
    """The trees of the second look, moved so that the threshold lies where the F1 of acts they have not learned from is highest, or as good as that and stricter."""
    scored = []
    for fold in range(folds):
        verdict = Verdict(grow([row for row in rows if crc32(row[3].encode()) % folds != fold]))
        acts = defaultdict(list)
        for values, type_, right, *act in rows:
            if crc32(act[0].encode()) % folds == fold:
                acts[tuple(act)].append((verdict.of(values, type_), right))
        scored += [max(ways) for ways in acts.values()]
    told, curve = 0.0, []
    for found, (score, right) in enumerate(sorted(scored, reverse=True), 1):
        told += right
        curve.append((2 * told / (found + wanted), score))
    cut = next(score for f1, score in curve if f1 >= max(curve)[0] - NEAR_BEST)
    forest = grow(rows)
    return replace(forest, bias=round(forest.bias - cut + THRESHOLD, 4))


def grow(rows):
    """Trees by gradient boosting, every leaf and question rounded as the file holds them."""
    types = sorted({type_ for _, type_, *_ in rows})
    table = numpy.array([[*values, types.index(type_)] for values, type_, *_ in rows])
    data = lightgbm.Dataset(table, numpy.array([float(row[2]) for row in rows]), categorical_feature=[len(MEASURES)])
    model = lightgbm.train(TREES, data, ROUNDS).dump_model()

    def laid(node):
        if "leaf_value" in node:
            return round(node["leaf_value"], 4)
        name = (*MEASURES, "type")[node["split_feature"]]
        cut = [types[int(at)] for at in node["threshold"].split("||")] if name == "type" else node["threshold"]
        return [name, cut if name == "type" else round(cut, 4), round(node["internal_value"], 4), laid(node["left_child"]), laid(node["right_child"])]

    return Forest(0.0, tuple(laid(tree["tree_structure"]) for tree in model["tree_info"]))


def prepare(data, reader):
    return [(reader.propose(article), events, stands) for article, events, _, stands in data]


def train(data, lexicon, epochs=EPOCHS, seed=7, verdict_only=False):
    """All models but for the trees of the second look, and what these are grown from (only that if ``verdict_only``).

    The later ones learn from what the earlier ones say of articles they have not seen (cross-fitting), so that they do not come to trust
    scores that are only good on the training articles.
    """
    rng = random.Random(seed)
    rows, status_rows, stand_rows, day_rows, second_rows, wanted, numbered = [], [], [], [], [], 0, Numbered()
    for fold in range(FOLDS):
        rest = [d for i, d in enumerate(data) if i % FOLDS != fold]
        held = [d for i, d in enumerate(data) if i % FOLDS == fold]
        statement = statement_model(rest, lexicon, rng, epochs)
        tone = tone_models(rest, lexicon, statement, rng, epochs)
        reader = Reader(lexicon, weights=Weights({}, {}, {}, Classes(), statement, 0.0, tone=tone))
        known = prepare(rest, reader)
        slots = Weights(*slot_models(known, rng, epochs), {}, Classes(), {}, 0.0)
        days = learn(date_rows(known, slots), softmax_step, Model(0.1), rng, epochs).rounded()
        unseen = prepare(held, reader)
        day_rows += date_rows(unseen, slots)
        found = event_rows(unseen, slots, days, numbered, reader.stems)
        rows += found[0]
        status_rows += found[1]
        event = event_model(event_rows(known, slots, days, numbered, reader.stems)[0], numbered, rng, epochs)
        first = Weights(slots.source, slots.target, event, Classes(), {}, THRESHOLD)
        stand_rows += position_rows(prepare(held, reader), reader, first)
        seen = verdict_rows(prepare(held, reader), reader, first, seed)
        second_rows += seen[0]
        wanted += seen[1]
    if verdict_only:
        return EMPTY, rows, (second_rows, wanted)
    statement = statement_model(data, lexicon, rng, epochs)
    tone = tone_models(data, lexicon, statement, rng, epochs)
    reader = Reader(lexicon, weights=Weights({}, {}, {}, Classes(), statement, 0.0, tone=tone))
    source, target = slot_models(prepare(data, reader), rng, epochs)
    event = event_model(rows, numbered, rng, epochs)
    days = learn(day_rows, softmax_step, Model(0.1), rng, epochs).rounded()
    status = Classes.of({s: m.rounded() for s, m in learn(often(status_rows), classes_step, {s: Model(0.1) for s in STATUSES}, rng, epochs).items()})
    position = position_models(stand_rows, rng, epochs * 2)
    return Weights(source, target, event, status, statement, THRESHOLD, position, tone, days), rows, (second_rows, wanted)


def average(models):
    """The mean of several trainings in other orders: steadier than any one of them."""
    def mean(maps):
        names = sorted({name for m in maps for name in m})
        out = {name: round(sum(m.get(name, 0.0) for m in maps) / len(maps), 3) for name in names}
        return {name: value for name, value in out.items() if abs(value) >= 0.02}

    def nested(field):
        return Classes.of({key: mean([getattr(m, field).model(key) for m in models]) for key in getattr(models[0], field).names})

    return Weights(
        *(mean([getattr(m, field) for m in models]) for field in ("source", "target", "event")),
        nested("status"), mean([m.statement for m in models]), THRESHOLD, nested("position"), nested("tone"),
        mean([m.date for m in models]),
    )  # fmt: skip


def fit_of(event, option):
    """How well an option names a gold event's parties: 0 where the scorer would not match them, 1 where all are right."""
    found = tuple({norm_code(c) for c in codes} for codes in (option.source_codes, option.target_codes))
    return parties_fit(event["type"], (event["s"], event["t"]), found)


def best_of(events, option):
    """How well an option tells the event it tells best."""
    return max((fit_of(e, option) for e in events), default=0.0)


def best_of_visits(events, option):
    """Several states visited are one visit to each, as ``mahdar.reading.merge.separate`` has it: how many of the visits told together an option tells."""
    tours = defaultdict(list)
    for e in events:
        tours[e["span"][0]].append(e)
    each = [replace(option, target_codes=(code,)) for code in option.target_codes] or [option]
    return max((sum(best_of(tour, visit) for visit in each) / max(len(each), len(tour)) for tour in tours.values()), default=0.0)


def lenient(weights):
    """The weights with those of some types raised, as ``LENIENT`` has them."""
    return replace(weights, event={**weights.event, **{f"type={t}": round(weights.event.get(f"type={t}", 0.0) + more, 3) for t, more in LENIENT.items()}})


def one_seed(gold, examples, epochs, verdict_only, seed):
    """One training, what the second look is to learn from, and what it learned from itself: proposals and events."""
    weights, rows, second = train([*load(gold), *(load_examples() if examples else ())], load_lexicon(), epochs, seed, verdict_only)
    return weights, second, (len(rows), sum(bool(right) for _, _, right in rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many trainings to average")
    parser.add_argument("--jobs", type=int, default=2, help="how many trainings at a time")
    parser.add_argument("--only", nargs="+", default=[], metavar="MODEL", help="which models to learn anew; OUT keeps its others as they are")
    parser.add_argument("--no-examples", action="store_true", help="learn from the annotated articles alone")
    args = parser.parse_args()
    with ProcessPoolExecutor(args.jobs) as pool:
        trained = list(pool.map(one_seed, repeat(args.gold), repeat(not args.no_examples), repeat(args.epochs), repeat(args.only == ["verdict"]), range(7, 7 + args.seeds)))
    weights, (proposals, events) = average([weights for weights, *_ in trained]), trained[0][2]
    weights = replace(weights, verdict=verdict_model([row for _, (second, _), _ in trained for row in second], sum(wanted for _, (_, wanted), _ in trained)))
    weights = lenient(weights)
    if args.only:
        weights = replace(Weights.load(args.out), **{name: getattr(weights, name) for name in args.only})
    elif not args.no_examples:
        weights = hold(weights, load_lexicon())
    weights.save(args.out)
    print(f"{proposals} proposals ({events} events) -> {args.out}")


if __name__ == "__main__":
    main()
