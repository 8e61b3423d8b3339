// A client's calls in the order of time; each opens its call.

const entry = (found, labels, open) => {
  const item = make("li", found.lit ? "lit" : "")
  if (found.day) item.append(make("h4", "", found.day))
  const link = make("a")
  link.href = found.href
  link.title = labels.open
  if (found.lit) link.ariaCurrent = "true"
  const mark = make("span", "mark", found.mark)
  mark.ariaHidden = "true"
  mark.style.color = found.colour
  const words = make("span", "words")
  words.append(make("b", "", found.what))
  if (found.details) words.append(make("small", "", ` ${found.details}`))
  link.append(make("time", "", found.time), mark, words)
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (!found.lit) open(found.call_no)
  }
  item.append(link)
  return item
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const story = parentElement.querySelector(".story")
  story.ariaLabel = data.labels.list
  const items = data.entries.map((found) => entry(found, data.labels, (number) => setTriggerValue("open", number)))
  const links = items.map((item) => item.querySelector("a"))
  links.forEach((link, index) => {
    link.onkeydown = (event) => {
      const to = links[index + { ArrowDown: 1, ArrowUp: -1 }[event.key]]
      if (!to) return
      event.preventDefault()
      to.focus()
    }
  })
  story.replaceChildren(...items)
  const lit = story.querySelector(".lit")
  if (lit) story.scrollTop = lit.offsetTop - story.offsetTop - story.clientHeight / 2
}
