// What stands on the player's controls, in the reader's language.

// Control -> its label (a name of `labels`, or the sign itself), and what its tooltip says where that is more.
const WORDS = {
  '[data-move="-1"]': ["|◂", "previous"],
  '[data-step="-10"]': ["less", "back"],
  '[data-step="10"]': ["more", "on"],
  '[data-move="1"]': ["▸|", "next"],
  ".skip": ["skip", "skips"],
  '[data-side="0"]': ["mute_agent", "mute_agent"],
  '[data-side="1"]': ["mute_client", "mute_client"],
  ".link": ["link", "links"],
  ".download": ["download", "download"],
  ".keys": ["keys", "keys"],
}

const showWords = (find, labels) => {
  for (const [name, [label, title]] of Object.entries(WORDS)) {
    const control = find(name)
    control.textContent = labels[label] ?? label
    control.title = control.ariaLabel = labels[title]
  }
  find(".player").ariaLabel = labels.name
  find(".wave").ariaLabel = labels.position
  find(".wave").dataset.agent = labels.agent
  find(".wave").dataset.client = labels.client
  find(".speeds").ariaLabel = find(".label").textContent = labels.speed
  find(".trouble").textContent = labels.trouble
  const parts = labels.key_list.flat().map((text, index) => {
    const part = document.createElement(index % 2 ? "dd" : "dt")
    part.textContent = text
    return part
  })
  find(".list").replaceChildren(...parts)
}
