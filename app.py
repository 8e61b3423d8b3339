"""The app: pages, routes and what runs beside them, in one process. `streamlit run app.py` starts it."""

from streamlit import App

from calldash.server import lifespan, routes
from calldash.ui.shell import failed

app = App("calldash/ui/shell.py", routes=routes(), lifespan=lifespan, on_script_error=failed)
