"""Which claims and reports describe the same incident, and which are copies."""

from according.link.across import link_incidents
from according.link.copies import copies_of
from according.link.within import incidents_of

__all__ = ["copies_of", "incidents_of", "link_incidents"]
