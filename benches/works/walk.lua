-- Asks for one path of a file after the other, with the headers of another file, and again from the start.
--   WORKS=FOLDER wrk … -s FOLDER/walk.lua URL -- HEADERS PATHS
dofile(os.getenv("WORKS") .. "/result.lua")
dofile(os.getenv("WORKS") .. "/headers.lua")

local requests, count, at = {}, 0, 0

function init(args)
  local headers = headers_of(args[1])
  for path in io.lines(args[2]) do
    count = count + 1
    requests[count] = wrk.format("GET", path, headers)
  end
end

-- Made beforehand, so that the load costs little.
function request()
  at = at % count + 1
  return requests[at]
end
