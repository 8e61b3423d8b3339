// A table in the component's frame: lines of heads, lines of cells, and a caption for those who do not see it.

const tabled = (caption, heads, rows) => {
  const table = make("table")
  const top = make("thead")
  top.append(...heads)
  const body = make("tbody")
  body.append(...rows)
  table.append(make("caption", "", caption), top, body)
  return table
}
