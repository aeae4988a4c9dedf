"""The report room: a site that publishes reports, shows where each value comes from and carries the discussion."""
