"""What sets an event apart from those told beside it in one report: another doer, a habit, an earlier one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from according.link.kinds import family_of, is_act, is_event
from according.link.recalled import brings_up_to_date, is_remembrance, recalls
from according.link.when import length_days
from according.records import Claim, TimeReading
from according.vocabulary.linking import names_of
from according.vocabulary.wording import load_wording

# A toll over a longer stretch than this is a running total, not one event's.
_LONGEST_DAYS = 45

# "In another raid that night", "earlier strikes", "a separate attack": words that set an event apart from those told.
_APART = re.compile(
    r"\b(?:another|earlier|previous|separate|second|third|similar|different|older|past)[^\w.,:;]+"
    r"(?!(?:was|were|who|of|man|bombers?|gunm[ae]n|attackers?|assailants?)\b)"
    r"(?:\w+[^\w.,:;]+){0,2}$",
    re.IGNORECASE,
)
# "Have been carrying out raids", "are shelling": what goes on is not the event that was told to have happened.
_PROGRESSIVE = re.compile(
    r"\b(?:ha(?:s|ve)\s+(?:also\s+)?been|is|are)\s+(?:also\s+)?\w+ing\b|\bcontinu(?:es?|ing)\b", re.IGNORECASE
)
# "Has bombed mosques in the city before", "had repeatedly shelled it": a record of such deeds and no one of them.
_RECORD = re.compile(
    r"\bha(?:s|ve|d)\s+(?:\w+ly\s+)?(?:been\s+)?\w+(?:ed|en|t|d|k|uck|lown)\b[^.;]*\b(?:before|in the past|previously"
    r"|repeatedly|regularly|often|frequently|many times|several times|in recent (?:weeks|months|years))\b"
    r"|\bha(?:s|ve|d)\s+(?:previously|often|repeatedly|regularly|frequently|routinely)\b",
    re.IGNORECASE,
)
# "A truck bomb", "the bombing": one event, however vaguely it is dated.
_ONE = re.compile(r"\b(?:an?|one|the|this|that)\W+(?:[\w-]+\W+){0,3}$", re.IGNORECASE)


# "In a separate attack on Friday, a drone …", "Elsewhere, …": a sentence that turns to another event.
_TURNS = re.compile(
    r"\W*(?:(?:in|during) (?:an? |the |yet )?(?:another|separate|second|third|fourth|earlier|previous|similar|"
    r"different|other|unrelated)\b(?! (?:town|city|village|part|district|area|statement|interview|development)s?\b)|"
    r"in (?:the )?(?:neighbou?ring|nearby|adjacent)\b|separately\b|elsewhere\b|"
    r"(?:on |later )?(?:the|that) same (?:day|night|evening|afternoon|morning),? (?:an?|another)\b|"
    r"as (?:was )?(?:previously |earlier )?reported\b)",
    re.IGNORECASE,
)
# "Moreover, shells fell on …", "On the other hand, …": more of the kind, another event when it was in another place.
_ADDS = re.compile(
    r"\W*(?:moreover|furthermore|additionally|in addition|also|on the other hand|[oi]n the same context|meanwhile|"
    r"likewise|similarly)\b|[^.;]{0,60}?\balso (?:told of|spoke of|reported an?\b|reported another\b)|"
    r"\W*(?:at least |about |some )?[\w-]+ (?:others|(?:more|other) \w+) (?:were|was|died|had)\b",
    re.IGNORECASE,
)
# A day of the week, said of anything in a report, is of the week that it came out in.
_THESE_DAYS = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|overnight)\b", re.IGNORECASE)
_LONGEST_WEEK, _LONGEST_TALLY = 7, 31


def adds(claim: Claim) -> bool:
    """Whether the opening words of a claim's sentence say that it tells more of the kind."""
    return _ADDS.match(claim.evidence.text) is not None


def is_long_past(time: TimeReading, members: Sequence[Claim], told: Sequence[Claim], told_by: str | None) -> bool:
    """Whether a time is not of what ``members`` tell, for it lies more than a week before a report with news.

    ``told`` is all that the report tells, ``told_by`` its day. A toll is brought up to date for some weeks, and what is
    recalled may have any day.
    """
    if time.latest is None or told_by is None or not any(_THESE_DAYS.search(one.evidence.text) for one in told):
        return False
    passed = (date.fromisoformat(told_by) - date.fromisoformat(time.latest)).days
    return passed > (_LONGEST_TALLY if brings_up_to_date(members) else _LONGEST_WEEK) and not recalls(members)


def turns_away(claim: Claim) -> bool:
    """Whether the opening words of a claim's sentence say that it tells of another event."""
    return family_of(claim.predicate) in {"violence", "harm"} and _TURNS.match(claim.evidence.text) is not None


# "Bombed the town in retaliation for Sunday's attack": what was before, and why; "… for the arrests and spoke of ten
# killed" goes on with what is told.
_ANSWERED = re.compile(
    r"\b(?:retaliation|response|revenge|reprisals?|retaliate|retaliating) (?:for|to)\b"
    r"(?:(?! and (?:\w+ly )?(?:said|spoke|claimed|put|gave|told|named|showed)\b)[^,;:.])*$",
    re.IGNORECASE,
)


# "The worst attack since a bomber killed ten in the town": what is measured against.
_SINCE = re.compile(
    r"\b(?:worst|deadliest|bloodiest|biggest|largest|heaviest|gravest|first|most (?:deadly|serious|violent|lethal)|"
    r"so (?:hard|many|badly|bloody|deadly)|no (?:attack|raid|strike|bombing))\b[^,.;]{0,80}\bsince\b[^,;:.]*$",
    re.IGNORECASE,
)


# "Kill 15 more", "the second attack in as many days", "Second Osk bombing kills 14": not the one of the day before.
_FURTHER = re.compile(
    r"\b(?:second|third|fourth|another|fresh|new|latest)\b[^.;]{0,60}"
    r"\bin (?:as many|two|three|four|a few|several|recent) (?:days|weeks|months)\b|"
    r"\b(?:two|three|both)\b[^.;]{0,40}\bin (?:two|three|as many) days\b|"
    r"\b(?:day|hours?|night) after (?:an?|another|the)\b[^.;]{0,60}"
    r"\b(?:attack|bombing|blast|explosion|strike|raid|killing|massacre|assault|bomber|shooting)\b",
    re.IGNORECASE,
)
_MORE_KILLED = re.compile(
    r"\b(?:kill|leave|claim)(?:s|ed|ing)? (?:at least |about |some )?[\w-]+ more\b", re.IGNORECASE
)
_LATE_TOLL = re.compile(r"\b(?:toll|wounded|injured|wounds|bodies|rubble)\b", re.IGNORECASE)
_SECOND = re.compile(r"\W*(?:(?:yet )?another|second|third|fresh) (?!(?:bomb|bomber|explosion|blast)\b)", re.IGNORECASE)


def is_further(claim: Claim) -> bool:
    """Whether a claim's sentence says that its event came on the heels of another."""
    text = claim.evidence.text
    if not is_event(claim):
        return False
    more = _MORE_KILLED.search(text) is not None and not _LATE_TOLL.search(text)
    return more or _FURTHER.search(text) is not None or (is_act(claim) and _SECOND.match(text) is not None)


# "The second went off minutes later": one of the two just told.
_ONE_OF = re.compile(
    r"\b(?:the|an?) (?:second|third)\s+"
    r"(?:(?!attack|assault|raid|massacre|shooting|incident|town|city|village)[\w-]+\s+){0,2}?"
    r"(?:\w+ed|struck|hit|went|blew|tore|fell|came|blast|bomb|bomber|explosion|device)$",
    re.IGNORECASE,
)
_HOURS = re.compile(r"\b(?<!an )(?:hours?|days?|weeks?) (?:later|earlier|after|before)\b", re.IGNORECASE)


# "The first hit a hotel", "One of them …", after "two bombings": one of those told of.
_FIRST_OF = re.compile(
    r"\W*(?:in )?(?:the (?:first|second|third|other|latter|former)|one (?:of (?:the|them)|bomb))\b", re.IGNORECASE
)
_SEVERAL = re.compile(r"(?:bombing|blast|attack|strike|explosion|raid|bomb|assault|shooting|killing)s$")


def is_one_of(claim: Claim, told: Sequence[Claim]) -> bool:
    """Whether an act is told as the first or another one of several that were told of together."""
    several = any(is_act(one) and one.cues and _SEVERAL.search(one.cues[0].text.lower()) for one in told)
    return several and is_act(claim) and _FIRST_OF.match(claim.evidence.text) is not None


def is_set_apart(claim: Claim) -> bool:
    """Whether the words before an act say that it is another one."""
    before = before_cue(claim)
    if claim.cues and claim.place is None and _ONE_OF.search(f"{before}{claim.cues[0].text}"):
        return _HOURS.search(claim.evidence.text) is not None
    apart = _APART.search(before[-40:]) or _ANSWERED.search(before) or _SINCE.search(before)
    return family_of(claim.predicate) == "violence" and apart is not None


# "Wednesday's raid", "the attack": what has been told.
_THE_DEED = re.compile(
    r"\b(?:the|this|that|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \w+)?['’]s)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)


def is_the_deed(claim: Claim) -> bool:
    """Whether an act is named as one that is known already."""
    return is_act(claim) and not adds(claim) and _THE_DEED.search(before_cue(claim)[-50:]) is not None


def goes_on(claim: Claim) -> bool:
    """Whether an act is told as going on, in more than a headline's present tense."""
    around = claim.realis == "ongoing" and is_act(claim) and not claim.time
    return around and _PROGRESSIVE.search(claim.evidence.text) is not None


# "Earlier this month", "last year": a time before the days that news is of.
_BEFORE = re.compile(r"\b(?:earlier|last|previous|past|this)\s+(?:\w+\s+)?(?:week|month|year)\b", re.IGNORECASE)


# "The week before", "two days earlier": counted back from what is told, and so never of it.
_EARLIER = re.compile(
    r"\b(?:the|a|one) (?:day|night|week|month|year) (?:before|earlier|previously)\b"
    r"|\bthe previous (?:day|night|week|month|year)\b"
    r"|\b(?:days|weeks|months|years) (?:before|earlier|previously)\b",
    re.IGNORECASE,
)


# "The strike came a year after the bombing that killed 43", "bombed a camp a day after ten were killed in a mosque":
# an event told only by how far it was from the one told before these words.
_OFF = re.compile(r"\b(?:minute|hour|day|week|month|year|decade)s?\s+(?:after|before)\s[^,;:.]*$", re.IGNORECASE)
# "Stormed it two days before the feast and killed ten": goes on with what was told before.
_AND = re.compile(r"\band\s+(?:\w+ly\s+)?$", re.IGNORECASE)
# "Twenty years after the massacre, mourners met on Saturday": the day is theirs.
_AFTER_IT = re.compile(
    r"\b(?:days?|weeks?|months?|years?|decades?) after (?:the|an?|that|this) (?:\w+ ){0,2}$", re.IGNORECASE
)


def is_day_of_those_after(claim: Claim) -> bool:
    """Whether a claim's words of time follow in the sentence that tells what was how long after it."""
    if claim.time is None or not claim.cues or not _AFTER_IT.search(before_cue(claim)):
        return False
    start = claim.evidence.start
    return "," in claim.evidence.text[claim.cues[0].end - start : max(0, claim.time.start - start)]


# "Died of his wounds on Sunday", "five more of the wounded died on Saturday, a day after the attack": later than it.
_DIED_LATER = re.compile(
    r"\b(?:died|succumbed)\b(?: (?:of|from|to) (?:\w+ ){0,2}(?:wounds|injuries))?(?: (?:in|at) (?:\w+ ){0,2}hospital)?"
    r"(?: early| late)? (?=(?:on|yesterday|overnight|today|last|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)",
    re.IGNORECASE,
)
_OF_WOUNDS = re.compile(
    r"\b(?:died|succumbed) (?:of|from|to) (?:\w+ ){0,2}(?:wounds|injuries)\b|"
    r"\b(?:of|among) (?:the|those) (?:wounded|injured|hurt)\b[^.;]*\bdied\b|"
    r"\bdied\b[^.;]*\b(?:\w+ )?(?:days?|weeks?|months?) after\b",
    re.IGNORECASE,
)
# "Rescuers had by Monday counted 30 dead", "no other attack since last year's coup": no day of what happened.
_UNTIL = re.compile(r"\b(?:by|since)\s+(?:early |late |the (?:end|evening|morning) of )?$", re.IGNORECASE)


def is_day_of_a_count(claim: Claim) -> bool:
    """Whether a claim's words of time say until or since when something was counted, or when the hurt died later."""
    if claim.time is None:
        return False
    text, start = claim.evidence.text, claim.time.start - claim.evidence.start
    words = claim.time.text.lower()
    if words.startswith(("by ", "since ")) or _UNTIL.search(text[: max(0, start)]):
        return claim.quantity is not None or claim.realis != "ongoing"
    if not _OF_WOUNDS.search(text):
        return False
    return any(found.end() == start for found in _DIED_LATER.finditer(text))


_CAME = re.compile(r"\b(?:c[oa]mes?|coming|happen(?:s|ed)|took place|occur(?:s|red))\b", re.IGNORECASE)
# "Died two days after the attack" is of the attack.
_DIED = re.compile(r"\b(?:die[sd]?|dying|dead|succumb(?:s|ed)?)\b", re.IGNORECASE)


def told_off(claims: Iterable[Claim]) -> dict[str, int]:
    """Claims of events that are told by how far they were from another in their sentence: where the words for it end.

    That other event is an act told before those words, or what came then.
    """
    told = list(claims)
    acts = {(one.evidence.start, one.cues[0].start) for one in told if is_act(one) and one.cues}
    off: dict[str, int] = {}
    for claim in told:
        found = _OFF.search(before_cue(claim))
        if found is None or _DIED.search(claim.evidence.text[: found.start()]):
            continue
        start = claim.evidence.start
        acted = any(sentence == start and cue < start + found.start() for sentence, cue in acts)
        between = any(sentence == start and found.end() > cue - start > found.start() for sentence, cue in acts)
        if _AND.search(found.group()) and not between:
            continue
        if acted or _CAME.search(claim.evidence.text[: found.start()]) or _is_fronted(claim, acts):
            off[claim.id] = start + found.start()
    return off | _with_it(told, off)


def _is_fronted(claim: Claim, acts: Iterable[tuple[int, int]]) -> bool:
    """As in "A week after the bombing that killed ten, gunmen raided the court": the deed follows behind the comma."""
    start = claim.evidence.start
    comma = claim.evidence.text.find(",", claim.cues[0].end - start)
    return comma >= 0 and any(sentence == start and cue > start + comma for sentence, cue in acts)


def _with_it(told: Sequence[Claim], off: Mapping[str, int]) -> dict[str, int]:
    """Harm told after such an event as its own: "… a week after rebels stormed a hotel, killing ten"."""
    known = {one.id: one for one in told if one.id in off}
    leaning = [(one, known[one.event]) for one in told if one.event in known and one.id not in off and one.cues]
    return {
        one.id: off[event.id]
        for one, event in leaning
        if one.evidence == event.evidence and one.cues[0].start > event.cues[0].start
    }


# "A drone hit the town. On Tuesday another had hit its court": told from the later event back.
_HAD = re.compile(r"\bhad (?:also |already |earlier |previously )?(?:been )?$")


def is_told_back(claim: Claim, told: Sequence[Claim]) -> bool:
    """Whether an act with a time of its own is told in the past before the past in which others are told."""
    if claim.time is None or claim.voices or not is_act(claim) or not _HAD.search(before_cue(claim)):
        return False
    others = [one for one in told if one.block != "headline" and one.evidence != claim.evidence]
    return bool(others) and not any(_HAD.search(before_cue(one)) for one in others)


def is_before(claim: Claim, told: Sequence[Claim]) -> bool:
    """Whether a claim's time lies loosely before that of an event that is told with a time of its own."""
    times = [one.time.text for one in told if one.time]
    if claim.time is not None and told and _EARLIER.search(claim.time.text) and not any(map(_EARLIER.search, times)):
        return True
    loose = claim.time is not None and _BEFORE.search(claim.time.text) is not None
    return loose and bool(times) and not any(_BEFORE.search(time) for time in times)


def is_record(claim: Claim) -> bool:
    """Whether a claim tells what somebody is known to have done before, and nothing of when."""
    return claim.time is None and claim.quantity is None and _RECORD.search(claim.evidence.text) is not None


def is_count_of_the_week(claim: Claim) -> bool:
    """As in "At least 200 people had already died this week": what came to pass before the event told."""
    return claim.quantity is not None and _ALREADY.search(claim.evidence.text) is not None


_ALREADY = re.compile(
    r"\bha(?:d|ve) already (?:been )?\w+ (?:\w+ )?(?:this|in the (?:last|past)|over the (?:last|past)) "
    r"(?:\w+ )?(?:weeks?|months?|days|years?)\b",
    re.IGNORECASE,
)


# "In those two nights in June": nights that have been told of.
_THOSE = re.compile(r"\b(?:that|those|the same) (?:\w+ )?(?:day|night|morning|evening|week)s?\b[^,;.]*$", re.IGNORECASE)


def points_back(claim: Claim) -> bool:
    """Whether a claim's words of time are of days that the report has told of already."""
    if claim.time is None:
        return False
    return _THOSE.search(claim.evidence.text[: max(0, claim.time.end - claim.evidence.start)]) is not None


def is_total(claim: Claim, time: TimeReading | None) -> bool:
    """Whether a claim's time is too long or too open for one event; a single bomb "in 2011" is one."""
    if time is None:
        return False
    if time.earliest is not None and time.latest is None:
        return True
    long = length_days(time)
    stretch = long > _LONGEST_DAYS if long is not None else time.precision in {"season", "year"}
    return stretch and not _is_one(claim) and not (time.precision == "year" and is_remembrance(claim.evidence.text))


def is_of_one(claim: Claim, acts: Iterable[Claim]) -> bool:
    """Whether harm over a long stretch is that of a single event told in the same breath: "the attack of 1992"."""
    beside = [one for one in acts if one.evidence == claim.evidence and one.time == claim.time]
    return claim.time is not None and not is_act(claim) and any(map(_is_one, beside))


def _is_one(claim: Claim) -> bool:
    named = claim.subject.text if claim.subject and not is_act(claim) else None
    if named is not None:
        return re.match(r"(?:an?|one|the)\s", named, re.IGNORECASE) is not None and not named.endswith("s")
    noun = bool(claim.cues) and not claim.cues[0].text.lower().endswith(("s", "ed"))
    return noun and is_act(claim) and _ONE.search(before_cue(claim)[-50:]) is not None


def before_cue(claim: Claim) -> str:
    """What a sentence says before the word for the deed."""
    return claim.evidence.text[: max(0, claim.cues[0].start - claim.evidence.start)] if claim.cues else ""


def is_other_deed(
    company: Sequence[Claim], told: Sequence[Claim], doers: Callable[..., frozenset[str]], *, elsewhere: bool
) -> bool:
    """Whether an act of another side, told as plainly as the first, is an answer to it or another fight.

    ``company`` is the act with the claims that lean on it, ``elsewhere`` whether it names a place of its own.
    Accusations are no such thing, for two sides may be blamed for one deed by different voices or in one sentence,
    unless they count other dead in another place.
    """
    doing, done = doers(*company), doers(*told)
    acts = [one for one in told if is_act(one)]
    hit = [one for one in company if one.object is not None]
    if not doing or not done or doing & done or not hit or not is_act(company[0]):
        return False
    if any(one.evidence == company[0].evidence for one in acts) or _share_a_people(company, told):
        return False
    plain = not any(one.voices or one.hedge != "none" for one in hit) and not _blames(company[0])
    counted = elsewhere and any(one.quantity is not None for one in company)
    return (plain or counted) and not any(_same_target(one, other) for one in hit for other in acts)


def _share_a_people(company: Sequence[Claim], told: Sequence[Claim]) -> bool:
    """Whether both are told to be the deed of one people, as "Serbs" and "Croatian Serbs" are."""
    named = [
        frozenset().union(*(names_of(one.subject.text) for one in side if one.subject)) for side in (company, told)
    ]
    return any(name.endswith("s") for name in named[0] & named[1])


def _same_target(one: Claim, other: Claim) -> bool:
    """Whether two acts are told to have hit the same thing, by the last word for it."""
    heads = [re.findall(r"\w+", claim.object.text.lower())[-1:] for claim in (one, other) if claim.object]
    return len(heads) == 2 and heads[0] == heads[1]


def _blames(claim: Claim) -> bool:
    verbs = load_wording().modality.blaming | load_wording().modality.ascribing
    words = re.findall(r"[a-z]+", claim.evidence.text.lower())
    return any(word.startswith(tuple(verb.removesuffix("e") for verb in verbs)) for word in words)
