// Seconds as people read them: m:ss, from an hour on h:mm:ss.

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds || 0))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const rest = String(whole % 60).padStart(2, "0")
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`
}
