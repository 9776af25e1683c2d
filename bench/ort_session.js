// ONNX Runtime as its npm package is used: `session.run`. Arguments and protocol are those of OrtTimer.cpp.
"use strict";
const fs = require("fs");
const readline = require("readline");

function elements(shape) {
  return shape.reduce((product, size) => product * size, 1);
}

async function main() {
  const [directory, model, threads, input, output, shapeText] = process.argv.slice(2);
  const ort = require(directory);
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: Number(threads), interOpNumThreads: 1 });
  const shape = shapeText.split("x").map(Number);
  const bytes = fs.readFileSync(input).subarray(0, 4 * elements(shape));
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  const feeds = { x: new ort.Tensor("float32", values, shape) };
  const { y } = await session.run(feeds);
  fs.writeFileSync(output, Buffer.from(y.data.buffer, y.data.byteOffset, y.data.byteLength));

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const times = [];
    for (let i = 0; i < Math.max(Number(line), 1); ++i) {
      const start = process.hrtime.bigint();
      await session.run(feeds);
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    times.sort((a, b) => a - b);
    process.stdout.write(`${times[times.length >> 1]}\n`);
  }
}

main();
