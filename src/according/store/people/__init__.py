"""What people write: accounts, comments, judgements, publications. The only data to back up; nothing can rebuild it."""

from according.store.people.engine import People, open_people

__all__ = ["People", "open_people"]
