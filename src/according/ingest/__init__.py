"""From bytes, pages, feeds and archives to normalised reports."""
