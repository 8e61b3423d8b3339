"""The app: pages, routes and what runs beside them, in one process. `streamlit run app.py` starts it."""

from starlette.middleware import Middleware
from streamlit import App, config

from calldash.server import lifespan, routes, starting
from calldash.server.entrance import Entrance
from calldash.server.headers import Headers
from calldash.server.metrics import Counting
from calldash.ui.shell import failed

starting.begin(config.get_option("server.address"))
app = App(
    "calldash/ui/shell.py",
    routes=routes(),
    middleware=[Middleware(Counting), Middleware(Headers), Middleware(Entrance)],
    lifespan=lifespan,
    on_script_error=failed,
)
