// A language model file (GGUF, version 3) with random weights and Lucie's chat template, one layer of 64 numbers.
// Format: ggml's docs/gguf.md.

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly ones: boolean;
}

/** Types of GGUF values. */
const U32 = 4;
const I32 = 5;
const F32 = 6;
const BOOLEAN = 7;
const STRING = 8;
const ARRAY = 9;
const ALIGNMENT = 32;

const WIDTH = 64;
const HIDDEN = 128;
const HEADS = 4;
const KEY_HEADS = 2;

const TEMPLATE =
  "{{- bos_token }}{%- for message in messages %}{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'" +
  " + message['content'] | trim + '<|eot_id|>' }}{%- endfor %}{%- if add_generation_prompt %}" +
  "{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{%- endif %}";

/** The bytes of the file; the same each time. */
export function randomModel(options: { readonly contextTokens: number; readonly spacePrefix: boolean }): Buffer {
  const vocabulary = words();
  const entries = metadata(vocabulary, options);
  const tensors = tensorsOf(vocabulary.length);
  const random = gaussians(42);
  const bodies = tensors.map(({ shape, ones }) => {
    const body = Buffer.alloc(4 * shape.reduce((product, side) => product * side, 1));
    for (let at = 0; at < body.length; at += 4) body.writeFloatLE(ones ? 1 : random() * 0.05, at);
    return padded(body);
  });
  let offset = 0;
  const heads = tensors.map(({ name, shape }, index) => {
    const head = [text(name), u32(shape.length), ...shape.map(u64), u32(0), u64(offset)];
    offset += bodies[index]!.length;
    return Buffer.concat(head);
  });
  const head = [Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length), ...entries, ...heads];
  return Buffer.concat([padded(Buffer.concat(head)), ...bodies]);
}

interface Word {
  readonly text: string;
  /** 1 a word, 2 unknown, 3 a mark, 6 a byte. */
  readonly kind: number;
  readonly score: number;
}

function words(): readonly Word[] {
  const mark = (name: string, kind = 3): Word => ({ text: name, kind, score: 0 });
  const byte = (value: number): Word => ({
    text: `<0x${value.toString(16).toUpperCase().padStart(2, '0')}>`,
    kind: 6,
    score: 0,
  });
  const letters = [...'▁abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789{}[]":,.-_'];
  return [
    mark('<unk>', 2),
    mark('<s>'),
    mark('</s>'),
    ...Array.from({ length: 256 }, (_, value) => byte(value)),
    mark('<|start_header_id|>'),
    mark('<|end_header_id|>'),
    mark('<|eot_id|>'),
    ...letters.map((letter): Word => ({ text: letter, kind: 1, score: -10 })),
  ];
}

function metadata(
  vocabulary: readonly Word[],
  { contextTokens, spacePrefix }: { readonly contextTokens: number; readonly spacePrefix: boolean },
): readonly Buffer[] {
  const one = (name: string, type: number, value: Buffer) => Buffer.concat([text(name), u32(type), value]);
  const list = (name: string, type: number, values: readonly Buffer[]) =>
    one(name, ARRAY, Buffer.concat([u32(type), u64(values.length), ...values]));
  const flag = (value: boolean) => Buffer.from([value ? 1 : 0]);
  return [
    one('general.architecture', STRING, text('llama')),
    one('general.name', STRING, text('random')),
    one('llama.context_length', U32, u32(contextTokens)),
    one('llama.embedding_length', U32, u32(WIDTH)),
    one('llama.block_count', U32, u32(1)),
    one('llama.feed_forward_length', U32, u32(HIDDEN)),
    one('llama.attention.head_count', U32, u32(HEADS)),
    one('llama.attention.head_count_kv', U32, u32(KEY_HEADS)),
    one('llama.attention.layer_norm_rms_epsilon', F32, f32(1e-5)),
    one('llama.rope.dimension_count', U32, u32(WIDTH / HEADS)),
    one('llama.rope.freq_base', F32, f32(2e7)),
    one('llama.vocab_size', U32, u32(vocabulary.length)),
    one('general.file_type', U32, u32(0)),
    one('tokenizer.ggml.model', STRING, text('llama')),
    list(
      'tokenizer.ggml.tokens',
      STRING,
      vocabulary.map((word) => text(word.text)),
    ),
    list(
      'tokenizer.ggml.scores',
      F32,
      vocabulary.map((word) => f32(word.score)),
    ),
    list(
      'tokenizer.ggml.token_type',
      I32,
      vocabulary.map((word) => u32(word.kind)),
    ),
    one('tokenizer.ggml.bos_token_id', U32, u32(1)),
    one('tokenizer.ggml.eos_token_id', U32, u32(vocabulary.findIndex((word) => word.text === '<|eot_id|>'))),
    one('tokenizer.ggml.unknown_token_id', U32, u32(0)),
    one('tokenizer.ggml.add_bos_token', BOOLEAN, flag(true)),
    one('tokenizer.ggml.add_space_prefix', BOOLEAN, flag(spacePrefix)),
    one('tokenizer.chat_template', STRING, text(TEMPLATE)),
  ];
}

function tensorsOf(size: number): readonly Tensor[] {
  const tensor = (name: string, ...shape: number[]): Tensor => ({ name: `${name}.weight`, shape, ones: false });
  const norm = (name: string): Tensor => ({ name: `${name}.weight`, shape: [WIDTH], ones: true });
  const keyWidth = (KEY_HEADS * WIDTH) / HEADS;
  return [
    tensor('token_embd', WIDTH, size),
    norm('output_norm'),
    tensor('output', WIDTH, size),
    norm('blk.0.attn_norm'),
    tensor('blk.0.attn_q', WIDTH, WIDTH),
    tensor('blk.0.attn_k', WIDTH, keyWidth),
    tensor('blk.0.attn_v', WIDTH, keyWidth),
    tensor('blk.0.attn_output', WIDTH, WIDTH),
    norm('blk.0.ffn_norm'),
    tensor('blk.0.ffn_gate', WIDTH, HIDDEN),
    tensor('blk.0.ffn_up', WIDTH, HIDDEN),
    tensor('blk.0.ffn_down', HIDDEN, WIDTH),
  ];
}

/** Normal deviates (Box and Muller, 1958) of a linear congruential generator. */
function gaussians(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform() + 1e-9)) * Math.cos(2 * Math.PI * uniform());
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT)]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}
