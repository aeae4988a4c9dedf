"""The errors that stop a run; what merely concerns one input is an issue record instead."""


class AccordingError(Exception):
    """Root of According's own errors; ``str()`` of it is one clear line for the user."""


class UsageError(AccordingError):
    """The call was wrong: an unknown option value, a missing file, an unwritable target. Exit status 2."""


class InputError(AccordingError):
    """One input cannot be read; becomes an issue record and the next input is read."""


class BrokenAssumptionError(AccordingError):
    """Something that must hold does not; the run stops and nothing is published. Exit status 3."""
