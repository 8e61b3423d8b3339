// Steps and speeds beside the browser's own controls. Runs again on every change of data: nothing is stacked.

const at = (seconds, length) => Math.min(Math.max(seconds, 0), Number.isFinite(length) ? length : seconds)

export default function (component) {
  const { data, parentElement } = component
  const audio = parentElement.querySelector("audio")
  const trouble = parentElement.querySelector(".trouble")
  const speeds = parentElement.querySelector(".speeds")
  const source = new URL(data.source, document.baseURI).href
  if (audio.src !== source) audio.src = source
  audio.ariaLabel = data.labels.name
  audio.style.colorScheme = data.scheme
  trouble.textContent = data.labels.trouble
  audio.onerror = () => {
    trouble.hidden = false
  }
  audio.onloadeddata = () => {
    trouble.hidden = true
  }
  for (const button of parentElement.querySelectorAll("[data-step]")) {
    const step = Number(button.dataset.step)
    button.textContent = step < 0 ? data.labels.less : data.labels.more
    button.title = button.ariaLabel = step < 0 ? data.labels.back : data.labels.on
    button.onclick = () => {
      audio.currentTime = at(audio.currentTime + step, audio.duration)
    }
  }
  speeds.ariaLabel = data.labels.speed
  speeds.querySelector(".label").textContent = data.labels.speed
  const rates = [...speeds.querySelectorAll("[data-rate]")]
  const mark = () => rates.forEach((one) => (one.ariaPressed = String(Number(one.dataset.rate) === audio.playbackRate)))
  audio.onratechange = mark
  for (const button of rates) {
    button.textContent = `${Number(button.dataset.rate).toLocaleString(data.language)}×`
    button.onclick = () => {
      audio.playbackRate = audio.defaultPlaybackRate = Number(button.dataset.rate)
    }
  }
  mark()
  return () => {
    audio.pause()
    audio.onerror = null
    audio.removeAttribute("src")
    audio.load()
  }
}
