-- What scripts do: calls, tables, strings, closures, sorting. Argument: how often.
local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end

for round = 1, tonumber(arg[1]) do
	assert(fib(24) == 46368)
	local words = {}
	for i = 1, 20000 do
		words[i] = string.format("%05d", i * 7919 % 20011)
	end
	table.sort(words, function(a, b) return a < b end)
	local text = table.concat(words, " ")
	local count = 0
	for word in text:gmatch("%d+") do
		if word:find("77", 1, true) then count = count + 1 end
	end
	local upper = text:gsub("1", "one"):upper()
	assert(#upper > #text and count > 0)
end
