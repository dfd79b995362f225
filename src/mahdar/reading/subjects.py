"""Who does what a verb tells, where the words around it point to somebody else than the last who did something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.particles import AUXILIARIES, CONJUNCTIONS, NEGATIONS, PREPOSITION_PRONOUNS, PREPOSITIONS, QAD, RELATIVES
from mahdar.arabic.tokens import WORD
from mahdar.reading.finite import COMMAS

if TYPE_CHECKING:
    from mahdar.reading.clauses import Clause, ClauseReader, Subject
    from mahdar.reading.document import Sentence
    from mahdar.reading.mentions import Mention

LIGHT = QAD | NEGATIONS | AUXILIARIES
# Verbs of saying that have somebody for their object.
TO_SOMEBODY = frozenset("أبلغ أخبر أطلع أخطر سأل وصف اعتبر خاطب صارح مازح قاطع عد وجد رأى ساءل أحاط حاور علم".split())
_ASKS_OF = frozenset("دعا طالب ناشد حث نصح".split())
_WARNS = frozenset(("حذر", "نبه", "هدد", "توعد"))
_CHAMBERS = frozenset("الكونغرس الكونجرس الكنيست الدوما البوندستاغ الكابيتول".split())
_OF_WHOM = frozenset("بانه بانها بانهما بانهم بانهن".split())
_MAY_BE = frozenset(("يكون", "تكون", "يكونوا", "يكونا", "تكونا"))
_TOPICAL = frozenset("ان بان وان لكن ولكن".split())
_ON_IT = (["خلالها"], ["اثناءها"], ["فيها"])
_VISITS, _BACK = frozenset("زياره جوله رحله بزياره بجوله زيارته جولته زيارتها جولتها".split()), 12
_BETWEEN = 5
_IN_IT = frozenset(("فيه", "فيها", "خلاله", "خلالها"))  # a speech or paper in which somebody says it


def topic_acts(reader: ClauseReader, clause: Clause, ahead: Subject, behind: Mention | None, sentence: Sentence) -> bool:
    """أما أردوغان فأبلغ بوتين: the topic of أما does what is done to somebody; أما إيران فقال وزيرها إن is told by another."""
    topic = clause.verb.conj == "ف" and reader.forms[sentence.first] in ("اما", "واما") and ahead.mention is not None and ahead.mention.first == sentence.first + 1
    if not topic or behind is None or clause.verb.pronoun or ahead.entity < 0 or behind.entity == ahead.entity:
        return False
    lexicon, lemma = reader.cast.lexicon, clause.verb.reading.lemma
    done_to = lexicon.lemmas[lemma] in TO_SOMEBODY or any("obj" in lexicon.acts[i].target for i in lexicon.acts_by_lemma.get(lemma, ()))
    return done_to and reader.agrees(clause, ahead.entity, expressed=False)


def latter(reader: ClauseReader, j: int, sentence: Sentence) -> int:
    """ورفض الأخير القرار: of whom the words before spoke last, where they are a person."""
    feminine = reader.forms[j].endswith("ه")
    number = reader.doc.sentence_at(sentence.first)
    for mentions in (reader.cast.by_sentence[n] for n in (number, number - 1) if n >= 0):
        for m in sorted(mentions, key=lambda m: -m.first):
            if m.first < j and m.entity >= 0 and m.sort != "adjective":
                who = reader.cast.entities[m.entity]
                own = who.gender if who.kind == "person" else reader.gender(m)
                if who.number == "s" and own in ("", "f" if feminine else "m"):
                    return m.entity
    return -1


def latter_in_it(reader: ClauseReader, j: int, sentence: Sentence) -> int:
    """تلقى الرئيس اتصالا من نظيره أعرب فيه الأخير عن أمله: whom الأخير behind a pronoun at token ``j`` means; -1 where neither stands there."""
    if j + 1 >= sentence.last or reader.forms[j] not in _IN_IT or reader.forms[j + 1] not in ("الاخير", "الاخيره"):
        return -1
    return latter(reader, j + 1, sentence)


def author_of(reader: ClauseReader, clause: Clause, sentence: Sentence, ends: dict[int, Mention]) -> int:
    """خطاب الرئيس مبارك، الذي أعلن فيه: whose the paper or speech is in which the relative clause lets somebody speak."""
    behind = PREPOSITION_PRONOUNS.get(reader.forms[clause.at + 1]) if clause.relative and clause.at + 1 < sentence.last else None
    if behind is None or reader.forms[clause.at + 1] not in _IN_IT or reader.taken_up(clause) != behind[1]:
        return -1
    i = clause.at - 1
    while i > sentence.first and (reader.forms[i] in LIGHT or reader.forms[i] in RELATIVES or reader.forms[i] in COMMAS):
        i -= 1
    m = ends.get(i + 1)
    if m is None or m.entity < 0 or m.kind != "person" or m.prefix or m.first == sentence.first or reader.kinds[m.first - 1] != WORD:
        return -1
    noun = reader.words[m.first - 1]
    genitive = noun is not None and not noun.function and not noun.form.startswith("ال")
    return m.entity if genitive and reader.agrees(clause, m.entity, expressed=False) else -1


def accused_of(reader: ClauseReader, clause: Clause, before: list[Clause], starts: dict[int, Mention]) -> int:
    """اتهمت واشنطن طهران بأنها تمول …: who is accused is who does it."""
    if not before or reader.forms[clause.at - 1] not in _OF_WHOM:
        return -1
    m = starts.get(before[-1].after)
    acts = (reader.cast.lexicon.acts[i] for i in reader.cast.lexicon.acts_by_lemma.get(before[-1].verb.reading.lemma, ()))
    if m is None or m.prefix or m.entity < 0 or not any(act.type == "ACCUSE" and "obj" in act.target for act in acts):
        return -1
    return m.entity if reader.agrees(clause, m.entity, expressed=False, gender=reader.gender(m)) else -1


def asked_too(reader: ClauseReader, clause: Clause, m: Mention, before: list[Clause]) -> bool:
    """دان الوزير الهجوم ودعا مجلس الأمن إلى الاجتماع: a verb of asking joined to one with a subject of its own has the name behind it for its object."""
    joined = clause.verb.conj == "و" or reader.forms[clause.at - 1] == "كما"
    if not joined or clause.verb.pronoun or m.entity < 0 or reader.cast.lexicon.lemmas[clause.verb.reading.lemma] not in _ASKS_OF and not _warned(reader, clause, m):
        return False
    told = next((c.subject for c in reversed(before) if c.subject.how == "post" and c.subject.entity >= 0 and not c.relative), None)
    if told is None or told.entity == m.entity or reader.cast.entities[told.entity].code == "MEDIA":
        return False
    return reader.agrees(clause, told.entity, expressed=False)


def _warned(reader: ClauseReader, clause: Clause, m: Mention) -> bool:
    """وحذر الكونغرس من أنه سيستخدم: is a body behind a verb of warning told what he who warns will do himself? The pronoun and its verb agree with that one."""
    forms = reader.forms[m.last : m.last + 4]
    if reader.cast.lexicon.lemmas[clause.verb.reading.lemma] not in _WARNS or m.kind == "person" or forms[:1] != ["من"] or len(forms) < 4:
        return False
    if m.sort == "seat" and reader.forms[m.first] not in _CHAMBERS:
        return False  # وحذر الكرملين من أنه: he himself
    own = ("انها", ("ست",)) if clause.verb.reading.gender == "f" else ("انه", ("سي",))
    return forms[1] == own[0] and (forms[2].startswith(own[1]) or forms[2] in ("لن", "سوف"))


def of_kana(reader: ClauseReader, clause: Clause) -> bool:
    """نفت طهران أن تكون قد زودت روسيا: the subject of such a verb stands in front of قد or is left out, so that a name behind the verb is its object."""
    at, forms = clause.at, reader.forms
    return at > 2 and forms[at - 1] in QAD and forms[at - 2] in _MAY_BE and forms[at - 3] == "ان"


def nominative(m: Mention | None, forms: list[str]) -> bool:
    """الأسد الذي يطالب الغربيون برحيله: a sound plural right behind a verb whose form says that it is the subject."""
    return m is not None and m.number == "p" and not m.prefix and forms[m.first].startswith("ال") and forms[m.first].endswith("ون")


def oblique(m: Mention, forms: list[str]) -> bool:
    """الحوثيين, الوزيرين: a sound plural or dual in the form of an object."""
    return m.number in ("p", "d") and forms[m.first].endswith("ين")


def past_relative(reader: ClauseReader, clause: Clause, sentence: Sentence, starts: dict[int, Mention], before: list[Clause]) -> Mention | None:
    """إسرائيل التي قصفت مطار دمشق نفت …: the name that heads the sentence, or stands behind إن, with a relative clause of its own between it and its verb."""
    own = before[-1] if before else None
    topic = own.antecedent if own is not None and own.relative else None
    if own is None or topic is None or topic.entity < 0 or topic.prefix or clause.verb.conj or clause.relative or clause.after_an or clause.at - own.at < 2:
        return None
    front = reader.forms[topic.first - 1] if topic.first > sentence.first else ""
    if front and front not in _TOPICAL or starts.get(topic.first) is not topic or reader.forms[topic.last] not in RELATIVES:
        return None
    if reader.forms[clause.at - 1] in CONJUNCTIONS or not COMMAS.isdisjoint(reader.forms[own.at : clause.at]):
        return None
    return topic if reader.agrees(clause, topic.entity, expressed=False, gender=reader.gender(topic)) else None


def met_on_visit(reader: ClauseReader, clause: Clause) -> bool:
    """في زيارة يلتقي خلالها الرئيس المصري: what a visit is described by is done by who makes it, so whoever stands behind is met."""
    if clause.verb.conj or clause.verb.pronoun or clause.relative or reader.forms[clause.at + 1 : clause.at + 2] not in _ON_IT:
        return False
    lexicon = reader.cast.lexicon
    acts = (lexicon.acts[i] for i in lexicon.acts_by_lemma.get(clause.verb.reading.lemma, ()))
    if not any(act.type == "CONSULT" and "obj" in act.target for act in acts):
        return False
    before = (reader.words[i] for i in range(max(0, clause.at - _BACK), clause.at))
    return any(word is not None and not _VISITS.isdisjoint((word.form, word.bare)) for word in before)


def each_of(reader: ClauseReader, j: int, sentence: Sentence, starts: dict[int, Mention]) -> Mention | None:
    """ندد بالهجوم كل من الرئيس الفرنسي والمستشارة الألمانية: the first of those who do it each, behind what the verb's preposition brings."""
    word = reader.words[j] if j < sentence.last else None
    if word is None or not (word.prep or word.form in PREPOSITIONS):
        return None
    for i in range(j + 1, min(j + _BETWEEN, sentence.last - 2)):
        if reader.kinds[i] != WORD or i in starts:
            return None
        if reader.forms[i] == "كل" and reader.forms[i + 1] == "من":
            return starts.get(i + 2) if reader.forms[i - 1].startswith(("ال", "بال", "لل")) else None  # على دور كل من القاهرة والدوحة
    return None
