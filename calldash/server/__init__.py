"""What runs beside the pages in the app's process: the open store, routes, the inbox."""
