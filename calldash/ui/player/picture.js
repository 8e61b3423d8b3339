// The picture of the sound, drawn by wavesurfer from what the server has measured: a row a side, the agent's first.

const PICTURE_HEIGHT = 58

const pictureOf = (box, audio, moved) => {
  let surfer
  let rows = 0

  const side = (colours, name) => ({
    waveColor: colours[`${name}_ahead`],
    progressColor: colours[name],
    height: PICTURE_HEIGHT,
  })
  const look = (colours) => ({
    cursorColor: colours.text,
    splitChannels: rows === 2 ? [side(colours, "agent"), side(colours, "client")] : undefined,
    ...side(colours, "agent"),
  })
  const loudest = (sides) => sides.reduce((most, values) => values.reduce((more, one) => Math.max(more, one), most), 0.05)

  return {
    draw: (WaveSurfer, sides, seconds, colours, drawn) => {
      rows = sides.length
      box.dataset.sides = String(rows)
      surfer = WaveSurfer.create({
        container: box, media: audio, peaks: sides, duration: seconds, normalize: true, maxPeak: loudest(sides),
        barHeight: 0.8, barWidth: 2, barGap: 1, barRadius: 1, cursorWidth: 2, dragToSeek: true, hideScrollbar: true, ...look(colours),
      })
      surfer.on("interaction", moved)
      surfer.once("redrawcomplete", () => {
        box.dataset.ready = "true"
        drawn()
      })
    },
    // By wavesurfer: it has a position before there is any sound, too.
    now: () => (surfer ? surfer.getCurrentTime() : audio.currentTime),
    seek: (seconds) => (surfer ? surfer.setTime(seconds) : (audio.currentTime = seconds)),
    colours: (colours) => surfer?.setOptions(look(colours)),
    close: () => surfer?.destroy(),
  }
}
