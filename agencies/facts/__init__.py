"""What a notice declares, arranged for the officer who decides: a design for each kind of fact.

A design takes what it shows out of a copy of the declaration. What no design took is shown by `agencies.views`,
so that nothing a notice says is ever left out.
"""
