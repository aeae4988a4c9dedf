"""From a report to its blocks and passages: sentences that know their block and their speaker."""
