// The player: our own audio element, its picture and controls. Runs again on every change of data: nothing is stacked.

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2, 3]
const STEP = 10
const KEPT = "calldash_player"

const address = (path) => new URL(path, document.baseURI).href
const values = (text) => Float32Array.from(atob(text), (letter) => letter.charCodeAt(0) / 255)
const isOn = (button) => button.ariaPressed === "true"

const kept = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {}
  } catch {
    return {}
  }
}

const start = (parent, source) => {
  const find = (name) => parent.querySelector(name)
  const all = (name) => [...parent.querySelectorAll(name)]
  const [audio, wave, skip] = ["audio", ".wave", ".skip"].map(find)
  const state = { data: null, length: 0, silences: [], closed: false }
  const sides = sidesOf(audio)
  const heard = heardOf(audio, `${source}/listened`)
  const picture = pictureOf(wave, audio, () => showTime())

  const seek = (seconds) => {
    picture.seek(Math.min(Math.max(seconds, 0), Math.max(0, state.length - 0.05)))
    showTime()
  }
  const lines = linesOf(find(".lines"), seek)
  const keep = () => sessionStorage.setItem(KEPT, JSON.stringify({ rate: audio.playbackRate, skip: isOn(skip) }))
  const speed = (rate) => {
    audio.playbackRate = audio.defaultPlaybackRate = rate
    keep()
  }
  const nextSpeed = (step) => speed(RATES[RATES.indexOf(audio.playbackRate) + step] ?? audio.playbackRate)
  const toggle = () => (audio.paused ? audio.play().catch(() => {}) : audio.pause())
  const toggleSkip = () => {
    skip.ariaPressed = String(!isOn(skip))
    keep()
  }
  const mute = (side) => {
    const button = find(`[data-side="${side}"]`)
    if (button.hidden) return
    button.ariaPressed = String(!isOn(button))
    sides.mute(side ? 1 - state.data.agent : state.data.agent, isOn(button))
  }
  const go = (step) => {
    if (!find(`[data-move="${step}"]`).disabled) state.move(step)
  }
  const link = async () => {
    const url = new URL(location.href)
    url.searchParams.set("call", state.data.call)
    url.searchParams.set("t", String(Math.floor(picture.now())))
    const told = find(".told")
    told.hidden = false
    try {
      await navigator.clipboard.writeText(url.href)
      told.textContent = state.data.labels.copied
    } catch {
      told.textContent = url.href
    }
  }

  const showTime = () => {
    const now = picture.now()
    find(".now").textContent = wave.ariaValueText = clock(now)
    wave.ariaValueNow = String(Math.floor(now))
    lines.time(now)
  }
  const showLength = (seconds) => {
    state.length = seconds
    find(".total").textContent = clock(seconds + 0.5)
    wave.ariaValueMax = String(Math.floor(seconds))
  }
  const showPlaying = () => {
    const button = find(".play")
    button.dataset.playing = String(!audio.paused)
    button.textContent = audio.paused ? "▶" : "❚❚"
    button.title = button.ariaLabel = state.data.labels[audio.paused ? "play" : "pause"]
  }
  const showRates = () =>
    all("[data-rate]").forEach((one) => (one.ariaPressed = String(Number(one.dataset.rate) === audio.playbackRate)))
  const showNotes = (texts) => {
    const items = texts.map((text) => {
      const item = document.createElement("li")
      item.textContent = text
      return item
    })
    find(".notes").hidden = !items.length
    find(".notes").replaceChildren(...items)
  }
  const fail = () => {
    if (!state.closed && audio.getAttribute("src")) find(".trouble").hidden = false
  }
  const pass = () => {
    heard.time()
    const now = audio.currentTime
    const silence = isOn(skip) && !audio.paused && state.silences.find(([from, to]) => now >= from && now < to - 0.3)
    if (silence) audio.currentTime = silence[1]
    showTime()
  }

  const draw = (WaveSurfer, measured) => {
    if (state.closed) return
    const shown = measured.sides?.map(values) ?? [new Float32Array(2)]
    const begin = (seconds) => {
      if (state.closed) return
      showLength(seconds)
      picture.draw(WaveSurfer, shown, seconds, state.data.colours, () => {
        if (state.data.start && audio.paused) seek(state.data.start)
      })
    }
    state.silences = measured.silences
    skip.hidden = !measured.sides
    all(".mute").forEach((button) => (button.hidden = shown.length < 2))
    showNotes(measured.notes)
    if (measured.seconds) return begin(measured.seconds)
    // Only the browser can tell how long it is.
    audio.addEventListener("loadedmetadata", () => begin(audio.duration), { once: true })
    audio.preload = "metadata"
  }
  const load = async () => {
    const [module, answer] = await Promise.all([
      import(address("assets/wavesurfer.esm.js")),
      fetch(`${source}/peaks?lang=${state.data.language}`),
    ])
    if (!answer.ok) {
      find(".trouble").textContent = await answer.text()
      throw new Error("no picture")
    }
    draw(module.default, await answer.json())
  }

  const makeRates = (language) => {
    const buttons = RATES.map((rate) => {
      const button = document.createElement("button")
      button.type = "button"
      button.dataset.rate = rate
      button.textContent = `${rate.toLocaleString(language)}×`
      button.onclick = () => speed(rate)
      return button
    })
    find(".rates").replaceChildren(...buttons)
  }
  const wire = () => {
    const on = {
      play: [heard.play, showPlaying], pause: [heard.stop, showPlaying], ended: [heard.stop, showPlaying],
      seeking: [heard.jump], timeupdate: [pass], ratechange: [showRates], error: [fail],
    }
    for (const [name, actions] of Object.entries(on)) audio[`on${name}`] = () => actions.forEach((act) => act())
    find(".play").onclick = toggle
    skip.onclick = toggleSkip
    find(".link").onclick = link
    find(".keys").onclick = () => {
      find(".list").hidden = !find(".list").hidden
      find(".keys").ariaExpanded = String(!find(".list").hidden)
    }
    for (const one of all("[data-step]")) one.onclick = () => seek(picture.now() + Number(one.dataset.step))
    for (const one of all("[data-move]")) one.onclick = () => go(Number(one.dataset.move))
    for (const one of all("[data-side]")) {
      one.ariaPressed = "false"
      one.onclick = () => mute(Number(one.dataset.side))
    }
    const before = kept()
    skip.ariaPressed = String(before.skip === true)
    speed(RATES.includes(before.rate) ? before.rate : 1)
    find(".download").hidden = !state.data.taken
    if (state.data.taken) find(".download").href = `${source}?download=1`
    audio.src = source
  }
  const keys = keysOf({
    Space: toggle, Home: () => seek(0),
    ArrowLeft: () => seek(picture.now() - STEP), ArrowRight: () => seek(picture.now() + STEP),
    Comma: () => nextSpeed(-1), Period: () => nextSpeed(1),
    KeyS: toggleSkip, KeyM: () => mute(0), KeyN: () => mute(1),
    BracketLeft: () => go(-1), BracketRight: () => go(1),
  })

  return {
    show: ({ data, setTriggerValue }) => {
      const first = !state.data
      state.data = data
      state.move = (step) => setTriggerValue("move", step)
      showWords(find, data.labels)
      makeRates(data.language)
      all("[data-move]").forEach((button, index) => {
        button.disabled = !data.moves[index]
        button.hidden = !data.moves.some(Boolean)
      })
      lines.show(data.lines, data.labels)
      if (first) {
        wire()
        load().catch(fail)
      }
      picture.colours(data.colours)
      showPlaying()
      showRates()
    },
    close: () => {
      state.closed = true
      audio.pause()
      heard.stop()
      keys.close()
      picture.close()
      audio.removeAttribute("src")
      audio.load()
      sides.close()
    },
  }
}

const players = new WeakMap()

export default function (component) {
  const { data, parentElement } = component
  const player = players.get(parentElement) ?? start(parentElement, address(data.source))
  players.set(parentElement, player)
  player.show(component)
  return () => {
    player.close()
    players.delete(parentElement)
  }
}
