// A list of columns: ticked ones are shown, in the order of the list.

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const list = parentElement.querySelector(".list")
  const held = parentElement.activeElement
  const focus = { key: held?.closest("li")?.dataset.key, part: held?.className || held?.tagName }
  let columns = data.columns.map((column) => ({ ...column }))
  let dragged = null

  const send = () => setTriggerValue("columns", columns.filter((one) => one.shown).map((one) => one.key))

  const move = (key, place) => {
    const from = columns.findIndex((one) => one.key === key)
    if (from < 0 || place < 0 || place >= columns.length || from === place) return
    columns.splice(place, 0, ...columns.splice(from, 1))
    send()
  }

  const tick = (column, shown) => {
    column.shown = shown
    // A new one goes to the end of those shown, where it is seen to be added.
    const others = columns.filter((one) => one !== column)
    const last = others.filter((one) => one.shown).length
    columns = [...others.slice(0, last), column, ...others.slice(last)]
    send()
  }

  const line = (column, index) => {
    const item = make("li", column.shown ? "shown" : "")
    item.dataset.key = column.key
    const label = make("label")
    const box = make("input")
    box.type = "checkbox"
    box.checked = column.shown
    box.onchange = () => tick(column, box.checked)
    label.append(box, make("span", "", column.title))
    item.append(label)
    if (!column.shown) return item
    const step = (way, sign, by) => {
      const label = `${data.labels[way]}: ${column.title}`
      return press(way, sign, () => move(column.key, index + by), { title: label, ariaLabel: label })
    }
    const up = step("up", "↑", -1)
    const down = step("down", "↓", 1)
    up.disabled = index === 0
    down.disabled = !columns[index + 1]?.shown
    item.append(up, down)
    item.draggable = true
    item.ondragstart = () => (dragged = column.key)
    item.ondragover = (event) => {
      event.preventDefault()
      item.classList.add("target")
    }
    item.ondragleave = () => item.classList.remove("target")
    item.ondrop = (event) => {
      event.preventDefault()
      move(dragged, index)
    }
    return item
  }

  list.ariaLabel = data.labels.list
  list.replaceChildren(...columns.map(line))
  if (!focus.key) return
  const item = [...list.children].find((one) => one.dataset.key === focus.key)
  const part = focus.part === "INPUT" ? "input" : `.${focus.part}`
  const again = item?.querySelector(part)
  ;(again?.disabled ? item.querySelector("input") : again)?.focus()
}
