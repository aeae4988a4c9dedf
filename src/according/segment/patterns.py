"""The shapes of lines: dates, bylines, picture credits, datelines, and how a line ends."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
SENTENCE_END = re.compile(
    r"(?:[.!?…۔؟。！？।॥။።։](?:\s?\[\w*\]|\([^()]{0,30}\))?|[.!?…。！？][\"'”’»」』)\]]+|[\"”’»]\.)$"
)
INNER_SENTENCE = re.compile(r"[a-z0-9][.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
_DAY_OF_MONTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:(?:{_DAY}\W+)?(?:{_DAY_OF_MONTH}\W+(?:of )?{_MONTH}|{_MONTH}\W+{_DAY_OF_MONTH}(?!\d))(?:\W+(?:19|20)?\d\d)?"
    rf"|{_MONTH}\W+(?:19|20)\d\d|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|(?:{_DAY}\W+)?\d{{4}}\W+{_MONTH}\W+\d{{1,2}})"
)
_AGO = r"(?:\d+|an?) (?:second|minute|hour|day|week|month|year)s? ago"
_SCORE = r"-?\d[\d.,]*[km]? (?:points?|views?|votes?|likes?|upvotes?)"
_AGE = r"\d{1,3}\s?(?:mins?|hrs?|mo|[smhdwy])"
_ZONE = (
    r"(?:gmt|utc|est|edt|cst|cdt|pst|pdt|bst|cet|cest|eet|eest|ist|msk|pkt|wat|eat|cat|sast|jst|hkt|et|pt|ct)"
    r"(?:[+-]\d{1,2}(?::?\d\d)?)?"
)
_TIME = r"(?:\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
_CLOCK = rf"{_TIME}(?:\s*\(?{_ZONE}\b\)?)?"
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
DATED = re.compile(rf"\b{_DATE}|\b{_AGO}\b|\byesterday at\b", re.IGNORECASE)
DATE_ONLY = re.compile(
    rf"\W*(?:(?:on|at|date|published|updated|posted|last updated|first published|modified|{_SCORE})\W+)*"
    rf"(?:{_DATE}|{_AGO}|{_DAY}|{_CLOCK}|{_AGE})\b"
    rf"(?:\W*(?:(?:at|on|to|updated)\W+)?(?:{_DATE}|{_CLOCK}|{_DAY}|{_ZONE}|(?:19|20)\d\d|edited)\b)*(?:\W*#\d{{1,5}})?\W*",
    re.IGNORECASE,
)

BYLINE = re.compile(
    r"\W*(?:By|BY|by|Written by|Par|Von|Por|From)[\s:]+"
    r"(?:[A-Z][\w.'’-]*,?(?:\s+(?:and|&|for|in|of|de|al|el|bin|van|von|\||[-–—])(?=\s))?\s*){1,12}[\w.,|\s:()/-]{0,60}$"
)
SIMPLE_BYLINE = re.compile(r"by [\w.@]+(?: [\w.@]+)?", re.IGNORECASE)
DESK_CREDIT = re.compile(
    r"\((?:(?:Additional )?[Rr]eporting|Writing|Editing|Edited|With|Compiled) (?:by|[Bb]y|from|inputs)\b"
)
BIOGRAPHY = re.compile(
    r"\b(?:is|was) (?:an? |the |currently |our )*(?:[\w-]+ ){0,4}"
    r"(?:journalist|reporter|editor|correspondent|writer|author|analyst|columnist|contributor|fellow|photographer|producer|freelancer|researcher)\b"
)

_AGENCY = (
    r"(?:AFP|Reuters|REUTERS|AP|EPA|EFE|DPA|dpa|Getty(?: Images)?|Anadolu(?: Agency)?|AA|Xinhua|TASS|Tass|Sputnik|SANA"
    r"|SPA|ANSA|IANS|PTI|UPI|BBC|CNN|Shutterstock|Alamy|Twitter|Facebook|Telegram|Flickr|Wikimedia|MSF|UN|UNHCR|OCHA"
    r"|Google|Maxar|Planet)"
)
_PICTURE = (
    r"(?:[Pp]hoto|[Ff]ile|FILE|[Hh]andout|[Cc]ourtesy|[Aa]rchive|[Ss]creen ?(?:grab|shot)|[Ii]mages?|[Pp]hotographer)"
)
CREDIT = re.compile(
    rf"[\[(][^\[\]()]*\b(?:{_AGENCY}|{_PICTURE})\b[^\[\]()]*[\])]\.?$"  # … [File: a photographer/Reuters]
    r"|(?:[Pp]hoto(?:graph)?s?|PHOTO|[Pp]icture|[Ii]mage|[Cc]redit|CREDIT|[Cc]ourtesy)\s*(?:[Cc]redit|[Cc]ourtesy|[Bb]y)?"
    r"\s*[:/©].{0,80}$"  # … Photograph: an agency
    rf"|\b(?:EPA|AFP|AP|Reuters|REUTERS)/[A-Z][\w .-]+$|©|\b[Vv]ia {_AGENCY}|/\s?{_AGENCY}\)?\.?$"
    r"|\b(?:FILE|File)\s*(?:PHOTO|photo|picture|[-–—:])"
)
DATELINE_START = re.compile(
    r"\W*(?:[A-Z][A-Z' .-]{2,30}(?:,[^()\n]{2,40})?|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?:,[^()\n]{2,40})?)\s*"
    r"(?:\([A-Z][\w /.-]{1,30}\)\s*[-–—:]|[-–—]\s)"
)

ADDRESS = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:com|org|net|info|co\.\w\w)\b|(?<!\w)@\w{2,}|(?<!\w)#\w{3,}", re.IGNORECASE
)
SEPARATORS = re.compile(r"[|»›•·→▸►★☆✓]|\s>\s|\s/\s")
GLUED_WORD = re.compile(r"(?:Update|UPDATE|Updated|Breaking|BREAKING|Live|Watch|Developing)(?=[A-Z][a-z]+ )")

COPYRIGHT = re.compile(r"(?:©|\(c\)) ?(?:copyright )?(?:19|20)\d\d\b", re.IGNORECASE)

SAYS = re.compile(
    r"\b(?:says?|said|wrote|writes|commented|replied)(?:\s+(?:on\b.*|to\b.*))?\s*[:.…]*$|^(?:in )?repl(?:y|ies) to ",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:said|told|says|according to|announced|reported|confirmed|denied|accused|claimed|warned|added)\b",
    re.IGNORECASE,
)
INTRODUCES = re.compile(
    r"^(?:.* )?"
    r"(?:said|says|told|added|stated|statement|wrote|tweeted|announced|declared|reads?|follows)\b[^.?!]{0,40}:$"
)
NUMBERED = re.compile(r"#?\d{1,4}[.)]\s+[A-Z@]")
NUMBERED_QUESTION = re.compile(
    r"\d{1,2}[.)]\s+(?:Who|What|When|Where|Why|Which|Whose|How|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|Will"
    r"|Would|Should)\b[^.?!]{0,120}\?$"
)
SIGNED = re.compile(r".{2,40}?[|·•,-]\s*(?:\d+ \w+ ago|[A-Z][a-z]+ \d{1,2}, \d{4})\b.{20}")
ANSWERS = re.compile(r"@[\w.-]+[ ,:]")
HEAT = re.compile(r"!|\?\?|\?!|\.\.\.\.|……|[:;]-?[)(DP](?=\s|$)|\bXD\b|[☀-➿\U0001f300-\U0001faff]")
AFTER_WORD = re.compile(r"(?<=\w)(?=[^\w'])")
COLON = re.compile(r"[\s\d)\]*]*[:|–—»-]")

# "The post … appeared first on …": what publishing systems add to every feed entry, in a sentence of its own.
TRAILER = re.compile(
    r"(?:the|this) (?:post|article|story|piece|report|entry)\b.{0,300}?\b(?:"
    r"(?:appeared|published) first (?:on|in|at|by)|(?:first|originally) (?:appeared|ran|was published) (?:on|in|at)|"
    r"was (?:first|originally) published (?:on|in|at|by))\b",
    re.IGNORECASE,
)
