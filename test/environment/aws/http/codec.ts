/**
 * The one file that touches the SDK's own schemas and codecs. They are exported but not promised to stay, so the SDK packages are pinned
 * and everything else here speaks the nouns below. Because client and server share them, no wire detail is this project's guess.
 */
import * as acm from '@aws-sdk/client-acm';
import * as cloudfront from '@aws-sdk/client-cloudfront';
import * as wafv2 from '@aws-sdk/client-wafv2';
import { JsonCodec2, XmlCodec } from '@aws-sdk/core/protocols';
import { NormalizedSchema, translateTraits } from '@smithy/core/schema';

/** What AWS says a value looks like: a structure, a list or a scalar, told apart by its predicates. */
export type Shape = NormalizedSchema;

/** Method, path template with `{labels}` and fixed query, and the status of success. Absent for the JSON services. */
export type HttpBinding = { readonly method: string; readonly template: string; readonly status: number };

export type Operation = { readonly name: string; readonly http?: HttpBinding; readonly input: Shape; readonly output: Shape };

/** All operations and errors of one service, by name, as its SDK package knows them. */
export type Model = { readonly operations: ReadonlyMap<string, Operation>; readonly errors: ReadonlyMap<string, Shape> };

/** Where a member of a restXml structure travels; `wireName` is the header, query or label it goes by. */
export type Member = {
  readonly name: string;
  readonly shape: Shape;
  readonly place: 'label' | 'header' | 'query' | 'payload' | 'body';
  readonly wireName: string;
};

type OperationSchema = typeof cloudfront.CreateDistributionTenant$;
type ErrorSchema = typeof cloudfront.AccessDenied$;

// The first element of a static schema is its kind: 9 is an operation, -3 an error (@smithy/types, static-schemas).
const isOperation = (exported: unknown): exported is OperationSchema => Array.isArray(exported) && exported[0] === 9;
const isError = (exported: unknown): exported is ErrorSchema => Array.isArray(exported) && exported[0] === -3;

function operationFrom([, , name, traits, input, output]: OperationSchema): Operation {
  const { http } = translateTraits(traits);
  const shapes = { name, input: NormalizedSchema.of(input), output: NormalizedSchema.of(output) };
  return http === undefined ? shapes : { ...shapes, http: { method: http[0], template: http[1], status: http[2] } };
}

function modelFrom(sdk: Readonly<Record<string, unknown>>): Model {
  const exported = Object.values(sdk);
  return {
    operations: new Map(exported.filter(isOperation).map((schema) => [schema[2], operationFrom(schema)])),
    errors: new Map(exported.filter(isError).map((schema) => [schema[2], NormalizedSchema.of(schema)])),
  };
}

/** The services whose schemas ship with an SDK package; STS, the fourth, has one operation and is written by hand. */
export type SdkService = 'cloudfront' | 'acm' | 'wafv2';

/** What each service can be asked and can answer. */
export const models: Readonly<Record<SdkService, Model>> = {
  cloudfront: modelFrom(cloudfront),
  acm: modelFrom(acm),
  wafv2: modelFrom(wafv2),
};

/** The namespace of every CloudFront document, requests, answers and errors alike. */
export const cloudfrontNamespace = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

// 5 and 7 are the schema kinds "ISO 8601 date-time" and "epoch seconds"; the settings are those of the SDK's own protocols.
const xml = new XmlCodec({
  xmlNamespace: cloudfrontNamespace,
  serviceNamespace: 'com.amazonaws.cloudfront',
  timestampFormat: { useTrait: true, default: 5 },
  httpBindings: true,
});
const json = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });

/** The members of a structure in model order, each with its place in an HTTP message. */
export function membersOf(structure: Shape): readonly Member[] {
  if (!structure.isStructSchema()) return [];
  return Array.from(structure.structIterator(), ([name, shape]): Member => {
    const { httpLabel, httpHeader, httpQuery, httpPayload } = shape.getMergedTraits();
    if (httpLabel !== undefined) return { name, shape, place: 'label', wireName: name };
    if (httpHeader !== undefined) return { name, shape, place: 'header', wireName: httpHeader.toLowerCase() };
    if (httpQuery !== undefined) return { name, shape, place: 'query', wireName: httpQuery };
    return { name, shape, place: httpPayload === undefined ? 'body' : 'payload', wireName: name };
  });
}

/**
 * The document as the SDK would have it: absent members stay absent, `<X/>` is an empty list, structure or string. The root's name is not
 * looked at. Throws on text that is not XML and on a timestamp that is none.
 */
export function readXml(shape: Shape, text: string): unknown {
  return xml.createDeserializer().read(shape, text);
}

/** One document with the root element AWS gives this shape, the namespace on it, and no XML declaration. Bytes for a blob. */
export function writeXml(shape: Shape, value: unknown): string | Uint8Array {
  const serializer = xml.createSerializer();
  serializer.write(shape, value);
  return serializer.flush();
}

/** Throws on text that is not JSON and on a timestamp that is none; null members are absent. */
export function readJson(shape: Shape, text: string): Promise<unknown> {
  return Promise.resolve(json.createDeserializer().read(shape, text));
}

/** One JSON document: dates as epoch seconds, blobs as base64, in the order of the model. */
export function writeJson(shape: Shape, value: unknown): string {
  const serializer = json.createSerializer();
  serializer.write(shape, value);
  return new TextDecoder().decode(serializer.flush());
}
