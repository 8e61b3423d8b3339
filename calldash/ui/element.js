// What components are made of. All text is set as text, never as markup.

const make = (tag, className, text) => {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text !== undefined) element.textContent = text
  return element
}

const press = (className, text, act, words = {}) => {
  const element = make("button", className, text)
  element.type = "button"
  element.onclick = act
  return Object.assign(element, words)
}
