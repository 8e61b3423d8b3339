// A table of calls: headers sort, rows open their call, arrows walk them, boxes pick them.

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }
const SENT_AFTER_MS = 250 // several boxes ticked in a row are one message

const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey

const box = (label) => {
  const input = make("input")
  input.type = "checkbox"
  input.ariaLabel = label
  input.tabIndex = -1
  return input
}

const header = (column, labels, send) => {
  const cell = make("th", column.numeric ? "number" : "")
  cell.scope = "col"
  const button = press("", column.title, () => send("sort", column.key), { title: labels.sort })
  if (column.sorted) {
    cell.ariaSort = column.sorted
    const arrow = make("span", "arrow", column.sorted === "ascending" ? "▲" : "▼")
    arrow.ariaHidden = "true"
    button.append(arrow)
  }
  cell.append(button)
  return cell
}

const content = (found) => {
  const holder = make("span", "box")
  if (found.mark) {
    const mark = make("span", "mark", found.mark)
    mark.ariaHidden = "true"
    if (found.colour) mark.style.color = found.colour
    holder.append(mark)
  }
  holder.append(make("span", "text", found.text))
  return holder
}

const row = (call, index, data) => {
  const line = make("tr", call.open ? "open" : "")
  line.dataset.call = call.call_no
  line.tabIndex = -1
  line.ariaRowIndex = data.first + index + 1 // the header is the first row
  call.cells.forEach((found, place) => {
    const cell = make(place ? "td" : "th", data.columns[place].numeric ? "number" : "")
    if (found.text.length > 24) cell.title = found.text
    if (place) {
      cell.append(content(found))
    } else {
      cell.scope = "row"
      const link = make("a")
      link.href = call.href
      link.title = data.labels.open
      link.tabIndex = -1 // the row is what the keyboard stops at
      link.append(content(found))
      cell.append(link)
    }
    line.append(cell)
  })
  return line
}

// Which rows are picked, on this page and others; the page's own boxes show it.
const picking = (frame, lines, top, data, send) => {
  const labels = data.labels
  const held = frame.unsent ?? new Set(data.picked)
  const every = box(labels.every)
  const boxes = lines.map((line) => {
    const cell = make("td", "pick")
    cell.append(box(labels.pick))
    line.prepend(cell)
    return cell.firstChild
  })
  const numbers = data.rows.map((call) => call.call_no)
  const show = () => {
    lines.forEach((line, index) => {
      boxes[index].checked = held.has(numbers[index])
      line.ariaSelected = String(boxes[index].checked)
    })
    const count = boxes.filter((one) => one.checked).length
    every.checked = count === boxes.length
    every.indeterminate = count > 0 && count < boxes.length
  }
  const put = (indexes, picked) => {
    indexes.forEach((index) => (picked ? held.add(numbers[index]) : held.delete(numbers[index])))
    show()
    frame.unsent = held
    clearTimeout(frame.timer)
    frame.timer = setTimeout(() => {
      frame.unsent = undefined
      send("picked", [...held])
    }, SENT_AFTER_MS)
  }
  const toggle = (index, spread) => {
    const last = numbers.indexOf(frame.last)
    const from = spread && last >= 0 ? last : index
    const indexes = Array.from({ length: Math.abs(index - from) + 1 }, (_, step) => Math.min(index, from) + step)
    put(indexes, !held.has(numbers[index]))
    frame.last = frame.active = numbers[index]
  }
  const cell = make("th", "pick")
  cell.append(every)
  top.prepend(cell)
  every.tabIndex = 0
  every.onclick = () => put([...numbers.keys()], every.checked)
  boxes.forEach((one, index) => {
    one.onclick = (event) => {
      event.preventDefault()
      toggle(index, event.shiftKey)
      setTimeout(show) // the browser undoes what a prevented click had changed
    }
  })
  show()
  return toggle
}

// One row at a time can be reached with Tab; the others from it.
const walking = (frame, lines, data, toggle, send) => {
  const walk = (index) => {
    lines.forEach((line, place) => (line.tabIndex = place === index ? 0 : -1))
    frame.active = data.rows[index]?.call_no
  }
  const enter = (index) => {
    walk(index)
    lines[index].focus()
  }
  const keyed = (event, index) => {
    if (event.target !== lines[index] || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "Enter") send("open", data.rows[index].call_no)
    else if (event.key === " ") toggle(index, event.shiftKey)
    else if (STEPS[event.key]) {
      const to = Math.max(0, Math.min(lines.length - 1, index + STEPS[event.key]))
      const way = Math.sign(STEPS[event.key])
      const turns = to === index && event.key.startsWith("Arrow") && (way > 0 ? data.more.after : data.more.before)
      if (turns) {
        frame.turned = way
        send("turn", way)
      } else {
        enter(to)
      }
    } else return
    event.preventDefault()
  }
  lines.forEach((line, index) => {
    line.onfocus = () => walk(index)
    line.onkeydown = (event) => keyed(event, index)
    line.onclick = (event) => {
      if (event.target.closest(".pick") || !isPlain(event) || String(window.getSelection())) return
      event.preventDefault()
      walk(index)
      send("open", data.rows[index].call_no)
    }
  })
  const found = data.rows.findIndex((call) => call.call_no === frame.active)
  walk(Math.max(0, found))
  return enter
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const frame = parentElement.querySelector(".frame")
  const focused = parentElement.activeElement
  const was = { row: focused?.closest("tbody tr"), text: focused?.closest("button")?.textContent, open: frame.open }
  const top = make("tr")
  top.append(...data.columns.map((column) => header(column, data.labels, setTriggerValue)))
  const lines = data.rows.map((call, index) => row(call, index, data))
  const toggle = picking(frame, lines, top, data, setTriggerValue)
  const grid = { role: "grid", ariaRowCount: data.listed + 1, ariaMultiSelectable: "true" }
  const enter = walking(frame, lines, data, toggle, setTriggerValue)
  frame.style.maxHeight = data.height
  frame.replaceChildren(Object.assign(tabled(data.labels.caption, [top], lines), grid))

  frame.open = data.rows.find((call) => call.open)?.call_no
  const index = data.rows.findIndex((call) => call.call_no === frame.active)
  if (frame.turned && frame.page !== data.first) {
    enter(frame.turned > 0 ? 0 : lines.length - 1)
    frame.turned = 0
  } else if (was.row && index >= 0) enter(index)
  else if (was.text) [...frame.querySelectorAll("button")].find((one) => one.textContent === was.text)?.focus()
  else if (was.open && !frame.open) {
    // The card gives the focus back to nothing when it is gone: the row it was opened from takes it.
    const left = data.rows.findIndex((call) => call.call_no === was.open)
    if (left >= 0) setTimeout(() => enter(left), 300)
  }
  frame.page = data.first
}
