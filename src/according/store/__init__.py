"""The ledger of readings (rebuildable) and, apart from it, what people wrote."""

from according.store.judgements import HumanJudgement, JudgementLog
from according.store.ledger import Ledger

__all__ = ["HumanJudgement", "JudgementLog", "Ledger"]
