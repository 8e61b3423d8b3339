// Which seconds were heard: told to the server when playing stops or goes on elsewhere.

const LEAST = 1

const heardOf = (audio, address) => {
  let since = null
  let last = 0

  const tell = () => {
    if (since !== null && last - since >= LEAST) {
      navigator.sendBeacon(`${address}?since=${since.toFixed(1)}&until=${last.toFixed(1)}`)
    }
    since = null
  }

  return {
    play: () => {
      since = last = audio.currentTime
    },
    time: () => {
      if (since === null || audio.seeking) return
      last = Math.max(last, audio.currentTime)
    },
    jump: () => {
      if (since === null) return
      tell()
      since = last = audio.currentTime
    },
    stop: tell,
  }
}
