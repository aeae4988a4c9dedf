"""What According knows before it reads: predicates, actors, places, hedges, outlets — data, validated at load."""

from according.vocabulary.loader import Vocabulary, load_vocabulary

__all__ = ["Vocabulary", "load_vocabulary"]
