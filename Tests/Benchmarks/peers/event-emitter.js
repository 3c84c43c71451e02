// Node's own event bus on the same work as BusBench.swift: CPU nanoseconds a publish, the median of five repeats.
'use strict';
const { EventEmitter } = require('node:events');

const count = 5_000_000;
const repeatCount = 5;

function cpuNanoseconds() {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1_000;
}

function measure(subscribers) {
    const bus = new EventEmitter();
    let sum = 0;
    for (let index = 0; index < subscribers; index++) bus.on('market:trade', (trade) => { sum += trade.price; });
    for (const other of ['market:ticker', 'market:orderbook_delta', 'market:kline']) bus.on(other, () => { sum -= 1; });
    const trade = { ts: 0, price: 60_000, quantity: 1, side: 1 };
    const times = [];
    for (let run = 0; run <= repeatCount; run++) {
        const start = cpuNanoseconds();
        for (let index = 0; index < count; index++) {
            trade.ts = index;
            bus.emit('market:trade', trade);
        }
        // The first run only warms up.
        if (run > 0) times.push((cpuNanoseconds() - start) / count);
    }
    if (sum <= 0) throw new Error('the subscribers were not called');
    return times.sort((left, right) => left - right)[repeatCount >> 1];
}

for (const subscribers of [1, 5]) {
    console.log(JSON.stringify({
        bench: '1-bus',
        peer: 'Node EventEmitter',
        version: process.version,
        metric: `publish_${subscribers}sub`,
        value: Number(measure(subscribers).toFixed(3)),
        unit: 'ns',
    }));
}
