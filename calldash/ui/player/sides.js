// The two sides of a stereo recording, each heard or not. Made at the first click: earlier browsers forbid sound.

const sidesOf = (audio) => {
  let context
  let volumes

  const make = () => {
    context = new AudioContext()
    const split = context.createChannelSplitter(2)
    context.createMediaElementSource(audio).connect(split)
    volumes = [0, 1].map((channel) => {
      const volume = context.createGain()
      split.connect(volume, channel)
      volume.connect(context.destination) // in both ears
      return volume
    })
  }

  return {
    mute: (channel, muted) => {
      if (!context) make()
      context.resume()
      volumes[channel].gain.value = muted ? 0 : 1
    },
    close: () => context?.close(),
  }
}
