"""The phrases around place names that say how an event's place lies to them: distances, borders, capitals, parts."""

from __future__ import annotations

import re

# "40 km (25 miles) north-east of X": the point meant is not X, and is not computed.
OFFSET = re.compile(
    r"\b(?:\d[\d.,]*|several|some|a few|few|dozens of)\s*-?\s*(?:km|kms|kilomet(?:re|er)s?|miles?|mi)\b[^.;,]{0,40}?"
    r"(?:\b(?:of|from|to|outside)\s+(?:the\s+)?(?:\w+\s+){0,3})$",
    re.IGNORECASE,
)
# "X, which …", "X, and in Y": what stands behind these words does not say where X lies.
PARTS = re.compile(
    r"[;:!?]|\b(?:that|which|who|where|and|or|from|to|said|says|after|before|while|as|but|when|kill\w*|left|with)\b",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"\b(?:near|outside|above|by|off|north|south|east|west|\w+(?:north|south|east|west)\w*|between|from)\b",
    re.IGNORECASE,
)
# "X in the east of Orlesia": within it.
PART_OF = re.compile(
    r"\bin the (?:[\w-]+ )?[\w-]*(?:north|south|east|west|cent(?:er|re)|interior)[\w-]* of (?:the )?$", re.IGNORECASE
)
# "Near X", "outside the town of X", "south-west of X": somewhere else than in X.
BY_A_TOWN = re.compile(
    r"\b(?:near|outside|close to|not far from|(?:north|south|east|west)[\w-]* of)(?: the)?"
    r"(?: (?:[\w-]+ ){0,2}(?:town|city|village|port) of)? $",
    re.IGNORECASE,
)
# "In southern X", "rural X".
SIDE = re.compile(r"\b(?:[\w-]*(?:north|south|east|west)[\w-]*ern|rural) $", re.IGNORECASE)
# "Osk North", "Osk East county": a district of its own.
NORTH = re.compile(
    r" (?:North|South|East|West|Central)\b(?! [A-Z])| (?:North|South|East|West|Central)(?= (?:County|District)\b)"
)
# "At X and Y near Z": the second of two places told alike.
ALSO = re.compile(r"(?:,? and|,) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?")
# "X, near Orlesia's border with Nordland": not in Nordland.
SHARED_BORDER = re.compile(r"\b(?:borders?|frontiers?) (?:with|of)(?: the)? $")
LIE_OF = re.compile(r"\b(?:(?:north|south|east|west)[\w-]*(?: of)?|from) (?:the )?$", re.IGNORECASE)
PART_AFTER = re.compile(r" (?:quarter|neighbou?rhood|suburb)\b", re.IGNORECASE)
# "Hit the Osk market", "Osk hospital": a site that nobody knows lies in the town told of.
_SITES = (
    "market|bazaar|hospital|clinic|school|university|college|mosque|church|prison|hotel|stadium|roundabout|junction|"
    "intersection|checkpoint|bridge|square|street|bakery|restaurant|mall|cemetery|terminal|station|airport|barracks|"
    "headquarters|cent(?:er|re)|complex|building|factory|park|mine|refinery|quarry|dam|wharf|pier|harbou?r|dock|seaport|"
    "temple|shrine|monastery|cathedral|seminary|theat(?:er|re)|caf[eé]|nightclub|jail|courthouse|depot|garrison|library|museum"
)
SITE_AFTER = re.compile(
    rf"(?: and [A-Z][\w’'-]+)? (?:[\w-]+ ){{0,2}}?"
    rf"(?:{_SITES}|neighbou?rhood|communit(?:y|ie)|port|road|camp|district|area)s?\b",
    re.IGNORECASE,
)
SITE_IN_NAME = re.compile(rf"\b(?:{_SITES}|bus|train|convoy|vehicle|village|club|(?-i:Road|Avenue))\b", re.IGNORECASE)
IN_THE_CAPITAL = re.compile(r"\b(?:in|of) the capital\b(?! of)", re.IGNORECASE)
# "The Osk bus terminal", "the Osk gold mine": the site belongs to the name; a market is mostly the village's.
SITE_TAIL = re.compile(
    r"(?: (?:bus|air|naval|gold|copper|coal|power|gas|oil|military))? (?:terminal|mine|base|airbase|refinery|dam|"
    r"quarry|junction|roundabout|checkpoint|square|street|stadium|monastery|depot|oilfield|field|"
    r"road|highway|hotel|restaurant)\b"
)
# "Between Osk and Barsa", "on the road from Osk to Barsa": neither is where it was.
BETWEEN = re.compile(r"\bbetween (?:the )?(?:[a-z-]+ ){0,4}$")
AND_ITS_END = re.compile(r"(?: [a-z]+)? and (?:the |its )?(?:[a-z-]+ ){0,4}$")
ROAD_FROM = re.compile(
    r"\b(?P<road>road|highway|route|motorway|track) (?:[a-z]+ )?(?:from|between) (?:the )?(?:[a-z-]+ ){0,4}?"
    r"(?P<start>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) (?:to|and) (?:the )?(?:[a-z-]+ ){0,4}?"
    r"(?P<end>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
# "The town in Osk province": named before.
THE_TOWN_IN = re.compile(r"\bthe (?P<sort>town|village|city|district) (?:in|of) (?:the )?(?:[a-z-]+ )?$", re.IGNORECASE)
# "In a suburb of the Orlesian capital".
IN_CAPITAL = re.compile(
    r"\b(?:in|inside|at|on|near|outside|of|over|across) the [A-Z][a-z]+ capital\b(?!,? (?:of )?[A-Z])"
)
PART_BEFORE = re.compile(r"\b(?:quarter|neighbou?rhood|suburb) of $", re.IGNORECASE)
DISTRICT_OF = re.compile(r"\bdistrict of $", re.IGNORECASE)
REACH_CHARS = 90
# "The northern Osk town": a province before a word that leans on a town named before, and whose name does not follow.
SORT_OF_PLACE = re.compile(r" (?:city|town|village|port)\b(?! of)(?! [A-Z])")
THE = re.compile(r"\b[Tt]he (?:[\w-]+ ){0,2}$")
# "The Osk jail in the north-eastern Orlesian city": where a name nobody knows lies.
IN_THE_TOWN = re.compile(
    r"[^.;,]{0,25}?\b(?P<words>in the (?:[\w-]+ ){0,3}(?:city|town|village|port))\b(?! of)(?! [A-Z])"
)
# "The provincial capital, the city of X", "the capital X": words that lean on nothing, for the name follows.
NAMED_AFTER = re.compile(r",?\s*(?:the\s+)?(?:(?:city|town|village|port)\s+of\s+)?$")
CAPITAL = re.compile(r"(?:the|its|their)\s+(?:national\s+|country['’]s\s+)?capital(?:\s+city)?", re.IGNORECASE)
# "The Orlesian capital": of the country whose adjective it is.
CAPITAL_OF = re.compile(r"\b[Tt]he (?P<nation>[A-Z][a-z]+) capital\b(?!,? (?:of )?[A-Z])")
ITS_CAPITAL = re.compile(r"['’]s capital\b(?!,? (?:of )?[A-Z])")
# "The Barsa Hotel", "Osk Street": they are called after any place, and say nothing of where they are.
NAMED_LIKE_A_PLACE = re.compile(
    r" (?:[A-Z][\w’'-]+ )?(?:Hotel|Street|Road|Avenue|Boulevard|Restaurant|Caf[eé]|Bar|Inn|Club|Mall|Plaza|Towers?)\b"
)
# Houses are often called after other towns; airports, bases and camps after their own.
STREETS = frozenset("street road avenue boulevard square market bazaar".split())
HOUSES = STREETS | frozenset(
    "hotel mosque church hospital school university college palace stadium clinic shrine restaurant mall hall".split()
)
PRONOUNS = frozenset({"it", "there", "them", "here", "this", "that"})
# "The Osk market in the Barsa district": a market bears any name.
HOUSE_AFTER = re.compile(
    r" (?:[a-z]+ )?(?:market|bazaar|mosque|church|hotel|school|clinic|street|restaurant) "
    r"(?:in|at|of) (?:the )?(?=[A-Z])"
)
_EVENTS = (
    "incidents?|attacks?|ambush(?:es)?|strikes?|airstrikes?|raids?|killings?|blasts?|explosions?|clash(?:es)?|bombings?|"
    "massacres?|assaults?|shootings?|shelling|fighting|kidnappings?|abductions?|explosion|crash|battle|gunfight|shootout"
)
_DAY = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b)"
)
_PLACE_NAME = rf"{_DAY}[A-Z][\w’'-]+(?:(?: (?:of|al|el|de|du))?[ -]{_DAY}[A-Z][\w’'-]+){{0,3}}"
_LEADING = (
    r"(?:the\s+|an?\s+)?(?:(?!(?:response|retaliation|revenge|reaction|reply|protest|support|memory|honour|connection|"
    r"which|that)\b)[a-z-]+\s+){0,7}?(?:the\s+)?"
)
# "It happened near Osk", "he said the blast took place about 1 p.m. in the town of Osk".
_WEAPONS = "bombs?|rockets?|missiles?|shells?|drones?|mines?|landmine|devices?|car|truck|vehicle|explosives?"
HAPPENED_AT = re.compile(
    r"(?:(?<![^\n])|(?<=[.!?] )|(?<=[.!?]['\"”’] )|\b[Aa]ccording to [^.;,]{3,60}, |"
    r"\b(?:said|says|say|told|reported|added|confirmed|stated)(?: \w+){0,3}? (?:that )?)"
    rf"(?:(?:(?i:it)|(?i:the) (?:[\w-]+ )?(?:{_EVENTS})) was "
    r"(?=(?:on|at|in|about|around|early|late|just|shortly|near|close)\b)|"
    rf"(?:(?i:it)|(?i:the) \w+) (?:stands|stood|lies|lay|sits|is located|is situated)|"
    rf"(?:(?i:it)|(?i:the) (?:[\w-]+ )?(?:{_WEAPONS})) (?:came down|fell|landed|went off|exploded|detonated|blew up)|"
    rf"(?:(?i:it)|(?i:this)|(?i:the) (?:[\w-]+ )?(?:{_EVENTS}))\s+"
    r"(?:(?:had|have|has|reportedly|is said to have|is reported to have|all|both)\s+)*"
    r"(?:happen(?:ed)?|occur(?:red)?|took place|taken place|was carried out|was staged|unfolded))\b"
    r"(?:[^.;]|\.(?=\w|,| [a-z])){0,90}?"
    rf"\b(?:in|at|near|close to|outside|by|on|along|between)\s+{_LEADING}(?P<where>{_PLACE_NAME})|"
    rf"(?:(?<![^\n])|(?<=[.!?] ))(?P<whither>{_PLACE_NAME}), the (?:[a-z-]+ )?(?:town|village|city|district) "
    rf"where (?:it|this|the (?:{_EVENTS})) (?:happened|occurred|took place)\b"
)
# "The bridge at Osk was a target", "the attack on the port of Osk": where something told before was, by the way.
ECHOED_AT = re.compile(
    r"\b[Tt]he (?:[\w-]+ ){0,2}?(?P<thing>[a-z]+) (?:in|at|near|outside|on the outskirts of)\s+"
    rf"(?:the\s+)?(?:[a-z-]+\s+){{0,3}}?(?:of\s+)?(?P<where>{_PLACE_NAME})|"
    rf"\b(?:in|at|near|on|around|outside) the (?:[\w-]+ ){{0,2}}?(?:bridge|market|bazaar|mosque|school|camp|square) "
    rf"of (?P<whose>{_PLACE_NAME})"
)
# "They were in cars on the road from Osk to Barsa", "the bus was on its way to Osk": where those were who were hit.
WERE_AT = re.compile(
    r"(?:(?<![^\n])|(?<=[.!?] ))(?:They|The (?:[\w-]+ ){0,2}?(?P<who>[a-z]+)) "
    r"(?:was|were|had been|had gathered)\b(?! (?:brought|rushed|flown|moved|buried|treated|identified|said|"
    r"sent|taken to))"
    r"[^.;]{0,60}?"
    rf"\b(?:in|at|near|outside|on|along|on (?:its|their) way to|bound for|heading (?:to|for|towards))\s+{_LEADING}"
    rf"(?P<where>{_PLACE_NAME})"
)
# Who is told of as well but was not where it happened.
ELSEWHERE = frozenset(
    "wounded injured survivors bodies officials police authorities government army ministry doctors medics rescuers "
    "reporters suspects attackers gunmen leaders president minister spokesman governor group militants rebels".split()
)
# "In the village of Osk rebels shot them": of the whole sentence.
IN_FRONT = re.compile(
    r"(?:In|At|Near|Outside) (?:the |a )?(?:[a-z-]+ ){0,2}"
    r"(?:village|town|city|district|hamlet|suburb|settlement|camp) of "
    rf"(?P<where>{_PLACE_NAME})"
)
# "Put two shells in front of a cafe in this northern city": of the town that a report is filed from.
THIS_TOWN = re.compile(
    r"\b(?:in|of|on|near|outside|at|over) this (?:[\w-]+ ){0,3}(?:city|town|village|port|capital|enclave)\b",
    re.IGNORECASE,
)
EVENTS_ECHOED = frozenset(
    "attack ambush strike airstrike raid killing killings blast explosion clash clashes bombing massacre assault "
    "shooting shelling fighting incident crash carnage bloodshed scene site target mine landmine bomb device".split()
)
# Sites that a report speaks of as "the market at Osk" where they were hit, though it has not spoken of one before.
STAND_FOR_SITES = frozenset(
    "building compound premises facility complex bridge market bazaar mosque church checkpoint roundabout junction "
    "restaurant temple cemetery bakery square mall quarry".split()
)
# What opens news of another event, so that no place of it is the one told before.
TOLD_APART = re.compile(
    r"\b(?:[Aa]nother|[Ss]eparate(?:ly)?|[Ee]lsewhere|[Ee]arlier|[Pp]revious(?:ly)?|[Mm]eanwhile|also|others|[Oo]ther|neighbou?ring|second|third|similar|since|"
    r"last (?:week|month|year|spring|summer|autumn|winter|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)|(?:in|of) (?:19|20)\d\d|(?:days?|weeks?|months?|years?) ago|"
    r"(?:(?<!the )days?|weeks?|months?|years?) (?:before|earlier))\b"
)
# "Near Orlesia", "by the border with Orlesia": only what lies beside it is meant.
NEIGHBOUR = re.compile(
    r"\b(?:near|close to|not far from|adjacent to|bordering|next to|"
    r"(?:by|near|along|at) the (?:border|frontier) (?:with|of))"
    r"(?: (?:the )?(?:restive |breakaway |rebel |troubled |neighbou?ring |war-torn |republic of )*)?\s?$",
    re.IGNORECASE,
)
# "Came to Osk, Barsa and Zorg", "in the village of Osk": names behind a word of place.
_SETTLEMENT = r"(?:village|town|city|hamlet|suburb|settlement|camp|port|quarter|neighbou?rhood|area|market)s?"
NAMED_BEHIND = re.compile(
    r"\b(?<!Qaeda )(?:(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|inside|around|into) (?:the )?"
    r"(?:(?!months?|days?|mid)[a-z-]+ ){0,3}?|"
    rf"(?:came|went|drove|returned) to (?:the )?|"
    rf"{_SETTLEMENT} of )(?P<where>{_PLACE_NAME})"
)
SETTLEMENT_BEFORE = re.compile(rf"\b{_SETTLEMENT}(?: of)? $", re.IGNORECASE)
SETTLEMENT_BEHIND = re.compile(rf"(?: [a-z]+)? {_SETTLEMENT}\b", re.IGNORECASE)
DIVISION_BEHIND = re.compile(
    r" (?:district|township|county|commune|department|province|region|state|division|oblast|governorate)\b",
    re.IGNORECASE,
)
# What parts one clause from the next.
NEW_CLAUSE = re.compile(r"[;:]|, (?:who|which|after|before|where|while|but|and) | said| says| told")
NEARBY = re.compile(r"\b(?:nearby|neighbou?ring) (?:[a-z]+ )?(?:of )?$", re.IGNORECASE)
# "The US Embassy": it stands in another country.
MISSION = re.compile(r"['’]?s? (?:embassy|consulate|high commission|cultural cent(?:er|re))\b", re.IGNORECASE)
