"""What the desk puts on pages of apps below: links to the pages on which staff work on a record."""

from publishing.slots import work_pages

from .kinds import desk_page

work_pages.add(desk_page)
