"""`make faults`: faults are injected into a running portal while people use it, and after each one it must be whole.

`plan` says which faults, from a seed; `site` runs the portal, `people` use it, `injector` and `servers` do the damage,
`invariants` says what is wrong afterwards, and `report` adds it up.
"""
