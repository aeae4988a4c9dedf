"""The registry: what it holds, how names are found, and that a compiled copy says what the YAML says."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from according.errors import BrokenAssumptionError
from according.vocabulary.actors import load_actors
from according.vocabulary.actors.entry import Actor
from according.vocabulary.actors.files import check_actors, load_actor_data, read_actor_files, told_apart

REGISTRY = load_actors()

SPOTTED = [
    ("Turkish planes bombed the camp", "Turkish planes", "actor:TR/armed-forces", "force"),
    ("Jets of the Egyptian Air Force", "Egyptian Air Force", "actor:EG/air-force", "name"),
    ("Syrian government troops advanced", "Syrian government troops", "actor:SY/armed-forces", "force"),
    ("the Kenyan navy and Kenyan forces", "Kenyan forces", "actor:KE/armed-forces", "force"),
    ("turkish jets struck at noon", "turkish jets", "actor:TR/armed-forces", "force"),
    ("Moscow denied it", "Moscow", "actor:RU/state", "seat"),
    ("Israeli shelling went on", "Israeli", "actor:IL/armed-forces", "demonym"),
    ("a Russian attack on the port", "Russian", "actor:RU/armed-forces", "demonym"),
    ("a Russian attack helicopter", "Russian attack helicopter", "actor:RU/armed-forces", "force"),
    ("a US raid on the camp", "US", "actor:US/armed-forces", "demonym"),
    ("Haftar's troops", "Haftar's troops", "actor:LY/lna", "possessive"),
    ("General Khalifa Haftar spoke", "General Khalifa Haftar", "actor:LY/khalifa-haftar", "name"),
    ("Turkish-backed fighters", "Turkish", "actor:TR/state", "backer"),
    ("Houthi-held hills", "Houthi", "actor:YE/houthis", "holder"),
]


@pytest.mark.parametrize(("text", "words", "actor", "how"), SPOTTED)
def test_names_are_spotted(text: str, words: str, actor: str, how: str) -> None:
    found = {mention.text: mention for mention in REGISTRY.spot(text)}
    assert words in found, list(found)
    assert actor in found[words].ids
    assert found[words].how == how
    assert text[found[words].start : found[words].end] == words


@pytest.mark.parametrize(
    "text", ["They told us nothing", "He fled to Moscow", "across Syria and in Turkey", "a who's who of is and it"]
)
def test_places_and_common_words_are_no_actors(text: str) -> None:
    assert REGISTRY.spot(text) == []


def test_a_state_and_its_organs_are_akin_and_enemies_are_not() -> None:
    assert REGISTRY.akin("actor:SY/government", "actor:SY/air-force")
    assert not REGISTRY.akin("actor:SY/government", "actor:SY/sdf")
    assert not REGISTRY.akin("actor:RU/armed-forces", "actor:SY/armed-forces")


def test_the_registry_is_as_large_as_promised_and_refers_to_nothing_unknown() -> None:
    groups = [
        actor for actor in REGISTRY.actors.values() if actor.kind in {"armed_group", "coalition", "criminal_group"}
    ]
    people = [actor for actor in REGISTRY.actors.values() if actor.kind == "person"]
    assert len(groups) + len(people) >= 300
    check_actors(list(REGISTRY.actors.values()))


def test_compiled_registry_says_what_the_yaml_says(tmp_path: Path) -> None:
    first = load_actor_data(tmp_path)
    compiled = list(tmp_path.glob("actors-*.msgpack"))
    assert len(compiled) == 1
    assert load_actor_data(tmp_path) == first == read_actor_files()
    compiled[0].write_bytes(b"half a file")
    assert load_actor_data(tmp_path) == first


def test_namesakes_need_a_country_or_years_to_tell_them_apart() -> None:
    front = Actor(id="actor:XX/front", name="Front", kind="armed_group", countries=("XX",))
    there = msgspec.structs.replace(front, id="actor:YY/front", countries=("YY",))
    later = msgspec.structs.replace(front, id="actor:XX/later", since=2015)
    assert told_apart(front, there)
    assert told_apart(msgspec.structs.replace(front, until=2014), later)
    with pytest.raises(BrokenAssumptionError, match="both claim the name"):
        check_actors([front, later])
