-- headers_of(FILE): the headers that stand in a file, one a line.
function headers_of(file)
  local headers = {}
  for line in io.lines(file) do
    local name, value = line:match("^([^:]+): (.*)$")
    headers[name] = value
  end
  return headers
end
