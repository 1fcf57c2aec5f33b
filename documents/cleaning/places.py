"""Places in a PDF that links lead to: their names, often those of a file, give way to the places themselves."""

from collections import Counter

import pikepdf

from documents.cleaning.trees import is_open_link

FITS = {"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"}
MAX_NAMES = 200_000


class Places:
    """The named places of a PDF."""

    def __init__(self, pdf: pikepdf.Pdf):
        self.pages = {page.obj.objgen for page in pdf.pages}
        self.named: dict[bytes, pikepdf.Object] = {}
        old, names = pdf.Root.get("/Dests"), pdf.Root.get("/Names")
        if isinstance(old, pikepdf.Dictionary):
            self.named |= {str(name)[1:].encode(): place for name, place in old.items()}
        if isinstance(names, pikepdf.Dictionary) and isinstance(names.get("/Dests"), pikepdf.Dictionary):
            self._gather(names.Dests)

    def _gather(self, root: pikepdf.Dictionary) -> None:
        waiting, seen = [root], set()
        while waiting and len(self.named) < MAX_NAMES:
            node = waiting.pop()
            if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
                continue
            seen.add(node.objgen)
            waiting += list(node.get("/Kids", []))
            pairs = list(node.get("/Names", []))
            for name, place in zip(pairs[::2], pairs[1::2], strict=False):
                if isinstance(name, pikepdf.String):
                    self.named[bytes(name)] = place

    def at(self, goal) -> pikepdf.Array | None:
        """Return where a goal (a place or the name of one) is in this file, or None if it is not in it."""
        if isinstance(goal, pikepdf.String):
            goal = self.named.get(bytes(goal))
        elif isinstance(goal, pikepdf.Name):
            goal = self.named.get(str(goal)[1:].encode())
        if isinstance(goal, pikepdf.Dictionary):
            goal = goal.get("/D")
        if not isinstance(goal, pikepdf.Array) or len(goal) < 1:
            return None
        page = goal[0]
        if not isinstance(page, pikepdf.Dictionary) or page.objgen not in self.pages:
            return None
        numbers = [one if isinstance(one, (int, float)) or one is None else _number(one) for one in list(goal)[2:6]]
        fit = goal[1] if len(goal) > 1 and str(goal[1]) in FITS else pikepdf.Name.Fit
        return pikepdf.Array([page, fit, *numbers])


def clean_goal(one: pikepdf.Dictionary, places: Places, found: Counter) -> bool:
    """Make the goal of a link or a bookmark a plain one; tell whether it has any."""
    action = one.get("/A")
    if "/Dest" in one:
        goal = places.at(one["/Dest"])
    elif not isinstance(action, pikepdf.Dictionary):
        return False
    elif action.get("/S") == pikepdf.Name.URI and is_open_link(_text(action.get("/URI"))):
        one.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=action.URI)
        return True
    elif action.get("/S") == pikepdf.Name.GoTo:
        goal = places.at(action.get("/D"))
    else:
        opens_file = action.get("/S") in (pikepdf.Name.URI, pikepdf.Name.GoToR, pikepdf.Name.Launch)
        found["links" if opens_file else "programs"] += 1
        goal = None
    for key in ("/A", "/Dest"):
        if key in one:
            del one[key]
    if goal is not None:
        one.Dest = goal
    return goal is not None


def clean_bookmarks(pdf: pikepdf.Pdf, places: Places, found: Counter) -> None:
    """Give each bookmark a plain goal, or none."""
    root = pdf.Root.get("/Outlines")
    waiting, seen = [root] if isinstance(root, pikepdf.Dictionary) else [], set()
    while waiting:
        item = waiting.pop()
        if item.objgen in seen:
            continue
        seen.add(item.objgen)
        if "/Dest" in item or "/A" in item:
            clean_goal(item, places, found)
        waiting += [item[key] for key in ("/First", "/Next") if isinstance(item.get(key), pikepdf.Dictionary)]


def _text(address) -> str:
    return bytes(address).decode("utf-8", "replace") if isinstance(address, pikepdf.String) else ""


def _number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
