"""stand-in"""
def render(request, name, **k): return "refused"
