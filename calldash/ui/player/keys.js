// The keyboard, wherever on the page, unless somebody writes or a button has the key for itself.

const WRITING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=tab]"
const PRESSING = "button, a, summary, [role=button]"

const keysOf = (actions) => {
  const press = (event) => {
    const target = event.composedPath()[0]
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return
    if (target.closest(WRITING) || (event.code === "Space" && target.closest(PRESSING))) return
    const action = actions[event.code]
    if (!action) return
    event.preventDefault()
    action()
  }
  document.addEventListener("keydown", press)
  return { close: () => document.removeEventListener("keydown", press) }
}
