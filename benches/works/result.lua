-- What every work prints at its end, on one line.
function done(summary, latency, _)
  local errors = summary.errors
  print(string.format("RESULT requests=%d microseconds=%d bytes=%d refused=%d broken=%d p50=%d p99=%d", summary.requests, summary.duration,
    summary.bytes, errors.status, errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
