// What was said, line by line: the current one is lit, a click goes to where it was said. Text is set as text only.

const linesOf = (box, seek) => {
  let lines = []
  let lit = -1

  const row = (line, labels) => {
    const item = document.createElement("li")
    const button = document.createElement("button")
    button.type = "button"
    if (line.who) item.dataset.who = line.who
    const parts = [clock(line.start_s), line.who ? labels[line.who] : "", line.text]
    for (const [index, name] of ["moment", "who", "text"].entries()) {
      const part = document.createElement("span")
      part.className = name
      part.textContent = parts[index]
      if (parts[index]) button.append(part)
    }
    button.onclick = () => seek(line.start_s)
    item.append(button)
    return item
  }

  return {
    show: (found, labels) => {
      box.hidden = !found?.length
      box.ariaLabel = labels.lines
      if (JSON.stringify(found) === JSON.stringify(lines)) return
      lines = found ?? []
      lit = -1
      box.replaceChildren(...lines.map((line) => row(line, labels)))
    },
    time: (now) => {
      const current = lines.findLastIndex((line) => line.start_s <= now + 0.05)
      if (current === lit) return
      if (box.children[lit]) box.children[lit].removeAttribute("aria-current")
      lit = current
      const item = box.children[lit]
      if (!item) return
      item.setAttribute("aria-current", "true")
      // Only the box scrolls: the page stays where the reader has it.
      box.scrollTop = item.offsetTop - box.offsetTop - (box.clientHeight - item.clientHeight) / 2
    },
  }
}
