-- Writes: METHOD to each path of a file in turn, with a body in which every {n} is a number that no other request has.
--   WORKS=FOLDER wrk … -s FOLDER/write.lua URL -- HEADERS PATHS METHOD BODY FIRST READS
-- READS requests out of ten are a GET of the path instead. FIRST is the number to begin with.
dofile(os.getenv("WORKS") .. "/result.lua")
dofile(os.getenv("WORKS") .. "/headers.lua")

local headers, paths, reads, at = nil, {}, {}, 0
local method, body, number, of_ten

function init(args)
  headers = headers_of(args[1])
  method, body, number, of_ten = args[3], args[4], tonumber(args[5]), tonumber(args[6])
  for path in io.lines(args[2]) do
    paths[#paths + 1] = path
    reads[#reads + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  at = at + 1
  local place = at % #paths + 1
  if at % 10 < of_ten then
    return reads[place]
  end
  number = number + 1
  return wrk.format(method, paths[place], headers, (body:gsub("{n}", tostring(number))))
end
