"""What pages are made of: shell, filter bar, cards, charts, tables. Only this package and `pages/` know Streamlit.

A page is a short script; the shell has drawn its title and the filter bar and set language, theme and currency:

    chosen, before = filter_bar.current()             # CallFilter, and the one to compare with (or None)
    cards.row(["missed_calls", "missed_share"], chosen, before)
    course, grain = asking.course(["missed_share"], chosen)      # a row each day, week or month
    frame = asking.ask(["calls"], ["queue"], chosen)  # any question, cached; `asking.one` for a single row
    figure = charts.bars(frame, "queue", "calls")     # figures are made by calldash.charts
    drill.chart(figure, "queues", chosen, ["queue"])  # shown; a click opens the calls of that queue
    tables.by_dimension("queue", ["calls", "missed_share"], chosen, "table", bars=["missed_share"])

Texts: `_("English")` from `calldash.i18n`, Russian in `locale/ru.po`; names from the data pass through `safe` where
Markdown or HTML is read. Numbers: `formats.show(key, value)`; names of values: `labels.value_label(dimension, value)`.
`drill.open_calls(filter)` goes to the calls; `run.fragment` replaces `st.fragment`. The menu is the table in `menu`.
"""
