-- What scripts do, in about equal parts: calls and loops, tables and methods, sorting, strings. Argument: how often.
-- The parts differ: recording costs next to nothing in the first, and half of the time again in the last.
local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end

local function sieve(n)
	local composite, count = {}, 0
	for i = 2, n do
		if not composite[i] then
			count = count + 1
			for j = i * i, n, i do composite[j] = true end
		end
	end
	return count
end

local Account = {}
Account.__index = Account
function Account.new() return setmetatable({ balance = 0 }, Account) end
function Account:add(x) self.balance = self.balance + x end

local function accounts(n)
	local list, sum = {}, 0
	for i = 1, n do list[i] = Account.new() end
	for round = 1, 10 do
		for i, account in ipairs(list) do account:add(i % 7) end
	end
	for _, account in ipairs(list) do sum = sum + account.balance end
	return sum
end

local function sorted(n)
	local numbers = {}
	for i = 1, n do numbers[i] = i * 7919 % 20011 end
	table.sort(numbers, function(a, b) return a > b end)
	return numbers[1]
end

local function strings(n)
	local words, count = {}, 0
	for i = 1, n do words[i] = string.format("%05d", i * 7919 % 20011) end
	local text = table.concat(words, " ")
	for word in text:gmatch("%d+") do
		if word:find("77", 1, true) then count = count + 1 end
	end
	assert(text:gsub("1", "one"):upper() ~= text)
	return count
end

for round = 1, tonumber(arg[1]) do
	assert(fib(26) == 121393)
	assert(sieve(100000) == 9592)
	assert(accounts(10000) > 0)
	assert(sorted(15000) > 15000)
	assert(strings(12000) > 0)
end
