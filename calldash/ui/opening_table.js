// A table whose rows open into the rows below them; a number opens the calls behind it.

const heading = (found) => {
  const cell = make("th", "", found.text)
  cell.scope = "col"
  if (found.help) cell.title = found.help
  return cell
}

const turner = (found, words, turn) => {
  if (found.state === "leaf") return make("span", "turn leaf", "")
  const open = found.state === "open"
  const label = `${open ? words.collapse : words.expand}: ${found.name}`
  const button = press("turn", open ? "▾" : "▸", turn, { title: label })
  button.setAttribute("aria-expanded", open)
  button.setAttribute("aria-label", label)
  return button
}

const named = (found, words, act) => {
  const cell = make("th", "name")
  cell.scope = "row"
  cell.style.setProperty("--level", found.level)
  const line = make("div", "line")
  if (found.state) line.append(turner(found, words, () => act("turned", -1)))
  line.append(
    found.opens && words.open
      ? press("", found.name, () => act("opened", -1), { title: words.open })
      : make("span", "", found.name),
  )
  cell.append(line)
  return cell
}

const figure = (found, title, words, open) => {
  const cell = make("td")
  cell.dataset.label = title
  if (found.help) cell.title = found.help
  cell.append(
    found.opens && words.open ? press("", found.text, open, { title: words.open }) : make("span", "", found.text),
  )
  if (found.note) cell.append(make("span", `note ${found.tone ?? ""}`, found.note))
  return cell
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const head = make("tr")
  head.append(...data.heads.map(heading))
  const rows = data.rows.map((found, at) => {
    const act = (kind, cell) => setTriggerValue("act", [kind, at, cell])
    const line = make("tr", found.total ? "total" : "")
    line.append(named(found, data.words, act))
    line.append(
      ...found.cells.map((cell, place) =>
        figure(cell, data.heads[place + 1].text, data.words, () => act("opened", place)),
      ),
    )
    return line
  })
  parentElement.querySelector(".frame").replaceChildren(tabled(data.caption, [head], rows))
}
