// A report: rows of heads, names and numbers.

const head = (found) => {
  const cell = make("th", found.name ? "name" : "number", found.text)
  cell.scope = found.span > 1 ? "colgroup" : "col"
  cell.colSpan = found.span ?? 1
  cell.rowSpan = found.rows ?? 1
  if (found.help) cell.title = found.help
  if (found.span > 1) cell.classList.add("group")
  return cell
}

const number = (found, label, open) => {
  const cell = make("td", found.words ? "" : "number")
  if (found.heat) {
    cell.classList.add("heat")
    cell.style.setProperty("--heat", `${Math.round(found.heat * 45)}%`)
    cell.style.setProperty("--hue", `var(--cd-${found.hue})`)
  }
  cell.append(found.opens && label ? press("", found.text, open, { title: label }) : make("span", "text", found.text))
  return cell
}

const row = (found, at, label, setTriggerValue) => {
  const line = make("tr", found.total ? "total" : "")
  found.names.forEach((text, place) => {
    const cell = make("th", "name")
    cell.scope = "row"
    const opens = label && !place && !found.total
    const open = () => setTriggerValue("open", [at, -1])
    cell.append(opens ? press("", text, open, { title: label }) : make("span", "text", text))
    line.append(cell)
  })
  line.append(
    ...found.cells.map((cell, place) => number(cell, label, () => setTriggerValue("open", [at, place]))),
  )
  return line
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const heads = data.heads.map((cells) => {
    const line = make("tr")
    line.append(...cells.map(head))
    return line
  })
  const rows = data.rows.map((found, at) => row(found, at, data.open, setTriggerValue))
  parentElement.querySelector(".frame").replaceChildren(tabled(data.caption, heads, rows))
}
