/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "../protobuf.ts";
import { millrace as $failure } from "./failure.js";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["millrace.log"] || ($protobuf.roots["millrace.log"] = {});

export const millrace = $root.millrace = (() => {

    const millrace = {};

    millrace.log = (function() {

        const log = {};

        log.v1 = (function() {

            const v1 = {};

            v1.Acks = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ACKS_ALL"] = 0;
                values[valuesById[1] = "ACKS_LEADER"] = 1;
                values[valuesById[2] = "ACKS_NONE"] = 2;
                return values;
            })();

            v1.Durability = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "DURABILITY_TOPIC"] = 0;
                values[valuesById[1] = "DURABILITY_REPLICATED"] = 1;
                values[valuesById[2] = "DURABILITY_SYNCED"] = 2;
                return values;
            })();

            v1.Isolation = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "ISOLATION_READ_UNCOMMITTED"] = 0;
                values[valuesById[1] = "ISOLATION_READ_COMMITTED"] = 1;
                return values;
            })();

            v1.ProduceRequest = (function() {

                const ProduceRequest = function (properties) {
                    this.acks = ProduceRequest.prototype.acks;
                    this.durability = ProduceRequest.prototype.durability;
                    this.timeoutMs = ProduceRequest.prototype.timeoutMs;
                    this.entries = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ProduceRequest.prototype.acks = 0;
                ProduceRequest.prototype.durability = 0;
                ProduceRequest.prototype.timeoutMs = 0;
                ProduceRequest.prototype.entries = $util.emptyArray;

                ProduceRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.acks != null && $Object.hasOwnProperty.call(message, "acks") && message.acks !== 0)
                        writer.uint32(8).int32(message.acks);
                    if (message.durability != null && $Object.hasOwnProperty.call(message, "durability") && message.durability !== 0)
                        writer.uint32(16).int32(message.durability);
                    if (message.timeoutMs != null && $Object.hasOwnProperty.call(message, "timeoutMs") && message.timeoutMs !== 0)
                        writer.uint32(24).int32(message.timeoutMs);
                    if (message.entries != null && message.entries.length)
                        for (let i = 0; i < message.entries.length; ++i)
                            $root.millrace.log.v1.ProduceEntry.encode(message.entries[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ProduceRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.ProduceRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.acks = value;
                                else
                                    message.acks = ProduceRequest.prototype.acks;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.durability = value;
                                else
                                    message.durability = ProduceRequest.prototype.durability;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.timeoutMs = value;
                                else
                                    message.timeoutMs = ProduceRequest.prototype.timeoutMs;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.entries && message.entries.length))
                                    message.entries = [];
                                message.entries.push($root.millrace.log.v1.ProduceEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ProduceRequest;
            })();

            v1.ProduceEntry = (function() {

                const ProduceEntry = function (properties) {
                    this.entry = ProduceEntry.prototype.entry;
                    this.topic = ProduceEntry.prototype.topic;
                    this.topicId = ProduceEntry.prototype.topicId;
                    this.partition = ProduceEntry.prototype.partition;
                    this.batch = ProduceEntry.prototype.batch;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ProduceEntry.prototype.entry = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                ProduceEntry.prototype.topic = "";
                ProduceEntry.prototype.topicId = $util.newBuffer([]);
                ProduceEntry.prototype.partition = 0;
                ProduceEntry.prototype.batch = $util.newBuffer([]);

                ProduceEntry.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.entry != null && $Object.hasOwnProperty.call(message, "entry") && (typeof message.entry === "object" ? message.entry.low || message.entry.high : message.entry !== 0))
                        writer.uint32(8).int64(message.entry);
                    if (message.topic != null && $Object.hasOwnProperty.call(message, "topic") && message.topic !== "")
                        writer.uint32(18).string(message.topic);
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                        writer.uint32(26).bytes(message.topicId);
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                        writer.uint32(32).int32(message.partition);
                    if (message.batch != null && $Object.hasOwnProperty.call(message, "batch") && message.batch.length)
                        writer.uint32(122).bytes(message.batch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ProduceEntry.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.ProduceEntry();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.entry = value;
                                else
                                    message.entry = ProduceEntry.prototype.entry;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.topic = value;
                                else
                                    message.topic = ProduceEntry.prototype.topic;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.topicId = value;
                                else
                                    message.topicId = ProduceEntry.prototype.topicId;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partition = value;
                                else
                                    message.partition = ProduceEntry.prototype.partition;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.batch = value;
                                else
                                    message.batch = ProduceEntry.prototype.batch;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ProduceEntry;
            })();

            v1.ProduceResponse = (function() {

                const ProduceResponse = function (properties) {
                    this.results = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ProduceResponse.prototype.results = $util.emptyArray;

                ProduceResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.results != null && message.results.length)
                        for (let i = 0; i < message.results.length; ++i)
                            $root.millrace.log.v1.ProduceResult.encode(message.results[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ProduceResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.ProduceResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.results && message.results.length))
                                    message.results = [];
                                message.results.push($root.millrace.log.v1.ProduceResult.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ProduceResponse;
            })();

            v1.ProduceResult = (function() {

                const ProduceResult = function (properties) {
                    this.entry = ProduceResult.prototype.entry;
                    this.failure = ProduceResult.prototype.failure;
                    this.baseOffset = ProduceResult.prototype.baseOffset;
                    this.logAppendTimeMs = ProduceResult.prototype.logAppendTimeMs;
                    this.logStart = ProduceResult.prototype.logStart;
                    this.leader = ProduceResult.prototype.leader;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ProduceResult.prototype.entry = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                ProduceResult.prototype.failure = null;
                ProduceResult.prototype.baseOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                ProduceResult.prototype.logAppendTimeMs = null;
                ProduceResult.prototype.logStart = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                ProduceResult.prototype.leader = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(ProduceResult.prototype, "_logAppendTimeMs", {
                    get: $util.oneOfGetter($oneOfFields = ["logAppendTimeMs"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ProduceResult.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.entry != null && $Object.hasOwnProperty.call(message, "entry") && (typeof message.entry === "object" ? message.entry.low || message.entry.high : message.entry !== 0))
                        writer.uint32(8).int64(message.entry);
                    if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                        $root.millrace.v1.Failure.encode(message.failure, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.baseOffset != null && $Object.hasOwnProperty.call(message, "baseOffset") && (typeof message.baseOffset === "object" ? message.baseOffset.low || message.baseOffset.high : message.baseOffset !== 0))
                        writer.uint32(24).int64(message.baseOffset);
                    if (message.logAppendTimeMs != null && $Object.hasOwnProperty.call(message, "logAppendTimeMs"))
                        writer.uint32(32).int64(message.logAppendTimeMs);
                    if (message.logStart != null && $Object.hasOwnProperty.call(message, "logStart") && (typeof message.logStart === "object" ? message.logStart.low || message.logStart.high : message.logStart !== 0))
                        writer.uint32(40).int64(message.logStart);
                    if (message.leader != null && $Object.hasOwnProperty.call(message, "leader"))
                        $root.millrace.log.v1.Leader.encode(message.leader, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ProduceResult.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.ProduceResult();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.entry = value;
                                else
                                    message.entry = ProduceResult.prototype.entry;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.failure = $root.millrace.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.baseOffset = value;
                                else
                                    message.baseOffset = ProduceResult.prototype.baseOffset;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.logAppendTimeMs = reader.int64();
                                message._logAppendTimeMs = "logAppendTimeMs";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.logStart = value;
                                else
                                    message.logStart = ProduceResult.prototype.logStart;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.leader = $root.millrace.log.v1.Leader.decode(reader, reader.size(), $undefined, _depth + 1, message.leader);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ProduceResult;
            })();

            v1.Leader = (function() {

                const Leader = function (properties) {
                    this.broker = Leader.prototype.broker;
                    this.leaderEpoch = Leader.prototype.leaderEpoch;
                    this.host = Leader.prototype.host;
                    this.port = Leader.prototype.port;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Leader.prototype.broker = 0;
                Leader.prototype.leaderEpoch = 0;
                Leader.prototype.host = "";
                Leader.prototype.port = 0;

                Leader.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.broker != null && $Object.hasOwnProperty.call(message, "broker") && message.broker !== 0)
                        writer.uint32(8).int32(message.broker);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch") && message.leaderEpoch !== 0)
                        writer.uint32(16).int32(message.leaderEpoch);
                    if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                        writer.uint32(26).string(message.host);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(32).int32(message.port);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Leader.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.Leader();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.broker = value;
                                else
                                    message.broker = Leader.prototype.broker;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.leaderEpoch = value;
                                else
                                    message.leaderEpoch = Leader.prototype.leaderEpoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.host = value;
                                else
                                    message.host = Leader.prototype.host;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.port = value;
                                else
                                    message.port = Leader.prototype.port;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Leader;
            })();

            v1.ConsumeRequest = (function() {

                const ConsumeRequest = function (properties) {
                    this.unsubscribe = [];
                    this.subscribe = [];
                    this.credit = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ConsumeRequest.prototype.unsubscribe = $util.emptyArray;
                ConsumeRequest.prototype.subscribe = $util.emptyArray;
                ConsumeRequest.prototype.credit = $util.emptyArray;

                ConsumeRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.unsubscribe != null && message.unsubscribe.length)
                        writer.uint32(10).int64s(message.unsubscribe);
                    if (message.subscribe != null && message.subscribe.length)
                        for (let i = 0; i < message.subscribe.length; ++i)
                            $root.millrace.log.v1.Subscribe.encode(message.subscribe[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.credit != null && message.credit.length)
                        for (let i = 0; i < message.credit.length; ++i)
                            $root.millrace.log.v1.Credit.encode(message.credit[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ConsumeRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.ConsumeRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType === 2) {
                                    if (!(message.unsubscribe && message.unsubscribe.length))
                                        message.unsubscribe = [];
                                    reader.int64s(message.unsubscribe);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.unsubscribe && message.unsubscribe.length))
                                    message.unsubscribe = [];
                                message.unsubscribe.push(reader.int64());
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.subscribe && message.subscribe.length))
                                    message.subscribe = [];
                                message.subscribe.push($root.millrace.log.v1.Subscribe.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.credit && message.credit.length))
                                    message.credit = [];
                                message.credit.push($root.millrace.log.v1.Credit.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ConsumeRequest;
            })();

            v1.Subscribe = (function() {

                const Subscribe = function (properties) {
                    this.subscription = Subscribe.prototype.subscription;
                    this.topic = Subscribe.prototype.topic;
                    this.topicId = Subscribe.prototype.topicId;
                    this.partition = Subscribe.prototype.partition;
                    this.from = Subscribe.prototype.from;
                    this.isolation = Subscribe.prototype.isolation;
                    this.leaderEpoch = Subscribe.prototype.leaderEpoch;
                    this.creditBytes = Subscribe.prototype.creditBytes;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Subscribe.prototype.subscription = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Subscribe.prototype.topic = "";
                Subscribe.prototype.topicId = $util.newBuffer([]);
                Subscribe.prototype.partition = 0;
                Subscribe.prototype.from = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Subscribe.prototype.isolation = 0;
                Subscribe.prototype.leaderEpoch = null;
                Subscribe.prototype.creditBytes = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Subscribe.prototype, "_leaderEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["leaderEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Subscribe.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.subscription != null && $Object.hasOwnProperty.call(message, "subscription") && (typeof message.subscription === "object" ? message.subscription.low || message.subscription.high : message.subscription !== 0))
                        writer.uint32(8).int64(message.subscription);
                    if (message.topic != null && $Object.hasOwnProperty.call(message, "topic") && message.topic !== "")
                        writer.uint32(18).string(message.topic);
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                        writer.uint32(26).bytes(message.topicId);
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                        writer.uint32(32).int32(message.partition);
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(40).int64(message.from);
                    if (message.isolation != null && $Object.hasOwnProperty.call(message, "isolation") && message.isolation !== 0)
                        writer.uint32(48).int32(message.isolation);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(56).int32(message.leaderEpoch);
                    if (message.creditBytes != null && $Object.hasOwnProperty.call(message, "creditBytes") && (typeof message.creditBytes === "object" ? message.creditBytes.low || message.creditBytes.high : message.creditBytes !== 0))
                        writer.uint32(64).int64(message.creditBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Subscribe.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.Subscribe();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.subscription = value;
                                else
                                    message.subscription = Subscribe.prototype.subscription;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.topic = value;
                                else
                                    message.topic = Subscribe.prototype.topic;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.topicId = value;
                                else
                                    message.topicId = Subscribe.prototype.topicId;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partition = value;
                                else
                                    message.partition = Subscribe.prototype.partition;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.from = value;
                                else
                                    message.from = Subscribe.prototype.from;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.isolation = value;
                                else
                                    message.isolation = Subscribe.prototype.isolation;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                message.leaderEpoch = reader.int32();
                                message._leaderEpoch = "leaderEpoch";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.creditBytes = value;
                                else
                                    message.creditBytes = Subscribe.prototype.creditBytes;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Subscribe;
            })();

            v1.Credit = (function() {

                const Credit = function (properties) {
                    this.subscription = Credit.prototype.subscription;
                    this.bytes = Credit.prototype.bytes;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Credit.prototype.subscription = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Credit.prototype.bytes = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                Credit.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.subscription != null && $Object.hasOwnProperty.call(message, "subscription") && (typeof message.subscription === "object" ? message.subscription.low || message.subscription.high : message.subscription !== 0))
                        writer.uint32(8).int64(message.subscription);
                    if (message.bytes != null && $Object.hasOwnProperty.call(message, "bytes") && (typeof message.bytes === "object" ? message.bytes.low || message.bytes.high : message.bytes !== 0))
                        writer.uint32(16).int64(message.bytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Credit.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.Credit();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.subscription = value;
                                else
                                    message.subscription = Credit.prototype.subscription;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.bytes = value;
                                else
                                    message.bytes = Credit.prototype.bytes;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Credit;
            })();

            v1.ConsumeResponse = (function() {

                const ConsumeResponse = function (properties) {
                    this.partitions = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ConsumeResponse.prototype.partitions = $util.emptyArray;

                ConsumeResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.millrace.log.v1.PartitionBatches.encode(message.partitions[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ConsumeResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.ConsumeResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.millrace.log.v1.PartitionBatches.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ConsumeResponse;
            })();

            v1.PartitionBatches = (function() {

                const PartitionBatches = function (properties) {
                    this.subscription = PartitionBatches.prototype.subscription;
                    this.failure = PartitionBatches.prototype.failure;
                    this.leader = PartitionBatches.prototype.leader;
                    this.logStart = PartitionBatches.prototype.logStart;
                    this.highWatermark = PartitionBatches.prototype.highWatermark;
                    this.lastStableOffset = PartitionBatches.prototype.lastStableOffset;
                    this.nextOffset = PartitionBatches.prototype.nextOffset;
                    this.batches = PartitionBatches.prototype.batches;
                    this.aborted = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PartitionBatches.prototype.subscription = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                PartitionBatches.prototype.failure = null;
                PartitionBatches.prototype.leader = null;
                PartitionBatches.prototype.logStart = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                PartitionBatches.prototype.highWatermark = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                PartitionBatches.prototype.lastStableOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                PartitionBatches.prototype.nextOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                PartitionBatches.prototype.aborted = $util.emptyArray;
                PartitionBatches.prototype.batches = $util.newBuffer([]);

                PartitionBatches.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.subscription != null && $Object.hasOwnProperty.call(message, "subscription") && (typeof message.subscription === "object" ? message.subscription.low || message.subscription.high : message.subscription !== 0))
                        writer.uint32(8).int64(message.subscription);
                    if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                        $root.millrace.v1.Failure.encode(message.failure, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.leader != null && $Object.hasOwnProperty.call(message, "leader"))
                        $root.millrace.log.v1.Leader.encode(message.leader, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.logStart != null && $Object.hasOwnProperty.call(message, "logStart") && (typeof message.logStart === "object" ? message.logStart.low || message.logStart.high : message.logStart !== 0))
                        writer.uint32(32).int64(message.logStart);
                    if (message.highWatermark != null && $Object.hasOwnProperty.call(message, "highWatermark") && (typeof message.highWatermark === "object" ? message.highWatermark.low || message.highWatermark.high : message.highWatermark !== 0))
                        writer.uint32(40).int64(message.highWatermark);
                    if (message.lastStableOffset != null && $Object.hasOwnProperty.call(message, "lastStableOffset") && (typeof message.lastStableOffset === "object" ? message.lastStableOffset.low || message.lastStableOffset.high : message.lastStableOffset !== 0))
                        writer.uint32(48).int64(message.lastStableOffset);
                    if (message.nextOffset != null && $Object.hasOwnProperty.call(message, "nextOffset") && (typeof message.nextOffset === "object" ? message.nextOffset.low || message.nextOffset.high : message.nextOffset !== 0))
                        writer.uint32(56).int64(message.nextOffset);
                    if (message.aborted != null && message.aborted.length)
                        for (let i = 0; i < message.aborted.length; ++i)
                            $root.millrace.log.v1.AbortedTransaction.encode(message.aborted[i], writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.batches != null && $Object.hasOwnProperty.call(message, "batches") && message.batches.length)
                        writer.uint32(122).bytes(message.batches);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PartitionBatches.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.PartitionBatches();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.subscription = value;
                                else
                                    message.subscription = PartitionBatches.prototype.subscription;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.failure = $root.millrace.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.leader = $root.millrace.log.v1.Leader.decode(reader, reader.size(), $undefined, _depth + 1, message.leader);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.logStart = value;
                                else
                                    message.logStart = PartitionBatches.prototype.logStart;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.highWatermark = value;
                                else
                                    message.highWatermark = PartitionBatches.prototype.highWatermark;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.lastStableOffset = value;
                                else
                                    message.lastStableOffset = PartitionBatches.prototype.lastStableOffset;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.nextOffset = value;
                                else
                                    message.nextOffset = PartitionBatches.prototype.nextOffset;
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.aborted && message.aborted.length))
                                    message.aborted = [];
                                message.aborted.push($root.millrace.log.v1.AbortedTransaction.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.batches = value;
                                else
                                    message.batches = PartitionBatches.prototype.batches;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return PartitionBatches;
            })();

            v1.AbortedTransaction = (function() {

                const AbortedTransaction = function (properties) {
                    this.producerId = AbortedTransaction.prototype.producerId;
                    this.firstOffset = AbortedTransaction.prototype.firstOffset;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                AbortedTransaction.prototype.producerId = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                AbortedTransaction.prototype.firstOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                AbortedTransaction.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.producerId != null && $Object.hasOwnProperty.call(message, "producerId") && (typeof message.producerId === "object" ? message.producerId.low || message.producerId.high : message.producerId !== 0))
                        writer.uint32(8).int64(message.producerId);
                    if (message.firstOffset != null && $Object.hasOwnProperty.call(message, "firstOffset") && (typeof message.firstOffset === "object" ? message.firstOffset.low || message.firstOffset.high : message.firstOffset !== 0))
                        writer.uint32(16).int64(message.firstOffset);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                AbortedTransaction.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.AbortedTransaction();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.producerId = value;
                                else
                                    message.producerId = AbortedTransaction.prototype.producerId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.firstOffset = value;
                                else
                                    message.firstOffset = AbortedTransaction.prototype.firstOffset;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return AbortedTransaction;
            })();

            v1.DescribeTopicsRequest = (function() {

                const DescribeTopicsRequest = function (properties) {
                    this.all = DescribeTopicsRequest.prototype.all;
                    this.createMissing = DescribeTopicsRequest.prototype.createMissing;
                    this.names = [];
                    this.ids = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                DescribeTopicsRequest.prototype.names = $util.emptyArray;
                DescribeTopicsRequest.prototype.ids = $util.emptyArray;
                DescribeTopicsRequest.prototype.all = false;
                DescribeTopicsRequest.prototype.createMissing = false;

                DescribeTopicsRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.names != null && message.names.length)
                        for (let i = 0; i < message.names.length; ++i)
                            writer.uint32(10).string(message.names[i]);
                    if (message.ids != null && message.ids.length)
                        for (let i = 0; i < message.ids.length; ++i)
                            writer.uint32(18).bytes(message.ids[i]);
                    if (message.all != null && $Object.hasOwnProperty.call(message, "all") && message.all !== false)
                        writer.uint32(24).bool(message.all);
                    if (message.createMissing != null && $Object.hasOwnProperty.call(message, "createMissing") && message.createMissing !== false)
                        writer.uint32(32).bool(message.createMissing);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                DescribeTopicsRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.DescribeTopicsRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.names && message.names.length))
                                    message.names = [];
                                message.names.push(reader.stringVerify());
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.ids && message.ids.length))
                                    message.ids = [];
                                message.ids.push(reader.bytes());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.all = value;
                                else
                                    message.all = DescribeTopicsRequest.prototype.all;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.createMissing = value;
                                else
                                    message.createMissing = DescribeTopicsRequest.prototype.createMissing;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DescribeTopicsRequest;
            })();

            v1.DescribeTopicsResponse = (function() {

                const DescribeTopicsResponse = function (properties) {
                    this.clusterId = DescribeTopicsResponse.prototype.clusterId;
                    this.controller = DescribeTopicsResponse.prototype.controller;
                    this.brokers = [];
                    this.topics = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                DescribeTopicsResponse.prototype.clusterId = "";
                DescribeTopicsResponse.prototype.controller = null;
                DescribeTopicsResponse.prototype.brokers = $util.emptyArray;
                DescribeTopicsResponse.prototype.topics = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(DescribeTopicsResponse.prototype, "_controller", {
                    get: $util.oneOfGetter($oneOfFields = ["controller"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                DescribeTopicsResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId !== "")
                        writer.uint32(10).string(message.clusterId);
                    if (message.controller != null && $Object.hasOwnProperty.call(message, "controller"))
                        writer.uint32(16).int32(message.controller);
                    if (message.brokers != null && message.brokers.length)
                        for (let i = 0; i < message.brokers.length; ++i)
                            $root.millrace.log.v1.Broker.encode(message.brokers[i], writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.topics != null && message.topics.length)
                        for (let i = 0; i < message.topics.length; ++i)
                            $root.millrace.log.v1.Topic.encode(message.topics[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                DescribeTopicsResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.DescribeTopicsResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.clusterId = value;
                                else
                                    message.clusterId = DescribeTopicsResponse.prototype.clusterId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.controller = reader.int32();
                                message._controller = "controller";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.brokers && message.brokers.length))
                                    message.brokers = [];
                                message.brokers.push($root.millrace.log.v1.Broker.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.topics && message.topics.length))
                                    message.topics = [];
                                message.topics.push($root.millrace.log.v1.Topic.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return DescribeTopicsResponse;
            })();

            v1.Broker = (function() {

                const Broker = function (properties) {
                    this.id = Broker.prototype.id;
                    this.host = Broker.prototype.host;
                    this.port = Broker.prototype.port;
                    this.rack = Broker.prototype.rack;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Broker.prototype.id = 0;
                Broker.prototype.host = "";
                Broker.prototype.port = 0;
                Broker.prototype.rack = "";

                Broker.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                        writer.uint32(8).int32(message.id);
                    if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                        writer.uint32(18).string(message.host);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(24).int32(message.port);
                    if (message.rack != null && $Object.hasOwnProperty.call(message, "rack") && message.rack !== "")
                        writer.uint32(34).string(message.rack);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Broker.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.Broker();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.id = value;
                                else
                                    message.id = Broker.prototype.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.host = value;
                                else
                                    message.host = Broker.prototype.host;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.port = value;
                                else
                                    message.port = Broker.prototype.port;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.rack = value;
                                else
                                    message.rack = Broker.prototype.rack;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Broker;
            })();

            v1.Topic = (function() {

                const Topic = function (properties) {
                    this.failure = Topic.prototype.failure;
                    this.name = Topic.prototype.name;
                    this.id = Topic.prototype.id;
                    this.internal = Topic.prototype.internal;
                    this.partitions = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Topic.prototype.failure = null;
                Topic.prototype.name = "";
                Topic.prototype.id = $util.newBuffer([]);
                Topic.prototype.internal = false;
                Topic.prototype.partitions = $util.emptyArray;

                Topic.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                        $root.millrace.v1.Failure.encode(message.failure, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(18).string(message.name);
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id.length)
                        writer.uint32(26).bytes(message.id);
                    if (message.internal != null && $Object.hasOwnProperty.call(message, "internal") && message.internal !== false)
                        writer.uint32(32).bool(message.internal);
                    if (message.partitions != null && message.partitions.length)
                        for (let i = 0; i < message.partitions.length; ++i)
                            $root.millrace.log.v1.Partition.encode(message.partitions[i], writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Topic.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.Topic();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.failure = $root.millrace.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    message.name = Topic.prototype.name;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.id = value;
                                else
                                    message.id = Topic.prototype.id;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.internal = value;
                                else
                                    message.internal = Topic.prototype.internal;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.partitions && message.partitions.length))
                                    message.partitions = [];
                                message.partitions.push($root.millrace.log.v1.Partition.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Topic;
            })();

            v1.Partition = (function() {

                const Partition = function (properties) {
                    this.partition = Partition.prototype.partition;
                    this.leader = Partition.prototype.leader;
                    this.leaderEpoch = Partition.prototype.leaderEpoch;
                    this.replicas = [];
                    this.isr = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Partition.prototype.partition = 0;
                Partition.prototype.leader = null;
                Partition.prototype.leaderEpoch = 0;
                Partition.prototype.replicas = $util.emptyArray;
                Partition.prototype.isr = $util.emptyArray;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Partition.prototype, "_leader", {
                    get: $util.oneOfGetter($oneOfFields = ["leader"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Partition.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                        writer.uint32(8).int32(message.partition);
                    if (message.leader != null && $Object.hasOwnProperty.call(message, "leader"))
                        writer.uint32(16).int32(message.leader);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch") && message.leaderEpoch !== 0)
                        writer.uint32(24).int32(message.leaderEpoch);
                    if (message.replicas != null && message.replicas.length)
                        writer.uint32(34).int32s(message.replicas);
                    if (message.isr != null && message.isr.length)
                        writer.uint32(42).int32s(message.isr);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Partition.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.Partition();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partition = value;
                                else
                                    message.partition = Partition.prototype.partition;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.leader = reader.int32();
                                message._leader = "leader";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.leaderEpoch = value;
                                else
                                    message.leaderEpoch = Partition.prototype.leaderEpoch;
                                continue;
                            }
                        case 4: {
                                if (wireType === 2) {
                                    if (!(message.replicas && message.replicas.length))
                                        message.replicas = [];
                                    reader.int32s(message.replicas);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.replicas && message.replicas.length))
                                    message.replicas = [];
                                message.replicas.push(reader.int32());
                                continue;
                            }
                        case 5: {
                                if (wireType === 2) {
                                    if (!(message.isr && message.isr.length))
                                        message.isr = [];
                                    reader.int32s(message.isr);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.isr && message.isr.length))
                                    message.isr = [];
                                message.isr.push(reader.int32());
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Partition;
            })();

            v1.ListOffsetsRequest = (function() {

                const ListOffsetsRequest = function (properties) {
                    this.isolation = ListOffsetsRequest.prototype.isolation;
                    this.queries = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ListOffsetsRequest.prototype.isolation = 0;
                ListOffsetsRequest.prototype.queries = $util.emptyArray;

                ListOffsetsRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.isolation != null && $Object.hasOwnProperty.call(message, "isolation") && message.isolation !== 0)
                        writer.uint32(8).int32(message.isolation);
                    if (message.queries != null && message.queries.length)
                        for (let i = 0; i < message.queries.length; ++i)
                            $root.millrace.log.v1.OffsetQuery.encode(message.queries[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ListOffsetsRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.ListOffsetsRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.isolation = value;
                                else
                                    message.isolation = ListOffsetsRequest.prototype.isolation;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.queries && message.queries.length))
                                    message.queries = [];
                                message.queries.push($root.millrace.log.v1.OffsetQuery.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ListOffsetsRequest;
            })();

            v1.OffsetSpot = (function() {
                const valuesById = $Object.create(null), values = $Object.create(valuesById);
                values[valuesById[0] = "OFFSET_SPOT_LATEST"] = 0;
                values[valuesById[1] = "OFFSET_SPOT_EARLIEST"] = 1;
                values[valuesById[2] = "OFFSET_SPOT_MAX_TIMESTAMP"] = 2;
                values[valuesById[3] = "OFFSET_SPOT_TIMESTAMP"] = 3;
                return values;
            })();

            v1.OffsetQuery = (function() {

                const OffsetQuery = function (properties) {
                    this.topic = OffsetQuery.prototype.topic;
                    this.topicId = OffsetQuery.prototype.topicId;
                    this.partition = OffsetQuery.prototype.partition;
                    this.leaderEpoch = OffsetQuery.prototype.leaderEpoch;
                    this.spot = OffsetQuery.prototype.spot;
                    this.timestampMs = OffsetQuery.prototype.timestampMs;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                OffsetQuery.prototype.topic = "";
                OffsetQuery.prototype.topicId = $util.newBuffer([]);
                OffsetQuery.prototype.partition = 0;
                OffsetQuery.prototype.leaderEpoch = null;
                OffsetQuery.prototype.spot = 0;
                OffsetQuery.prototype.timestampMs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(OffsetQuery.prototype, "_leaderEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["leaderEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                OffsetQuery.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.topic != null && $Object.hasOwnProperty.call(message, "topic") && message.topic !== "")
                        writer.uint32(10).string(message.topic);
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                        writer.uint32(18).bytes(message.topicId);
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                        writer.uint32(24).int32(message.partition);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(32).int32(message.leaderEpoch);
                    if (message.spot != null && $Object.hasOwnProperty.call(message, "spot") && message.spot !== 0)
                        writer.uint32(40).int32(message.spot);
                    if (message.timestampMs != null && $Object.hasOwnProperty.call(message, "timestampMs") && (typeof message.timestampMs === "object" ? message.timestampMs.low || message.timestampMs.high : message.timestampMs !== 0))
                        writer.uint32(48).int64(message.timestampMs);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                OffsetQuery.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.OffsetQuery();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.topic = value;
                                else
                                    message.topic = OffsetQuery.prototype.topic;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.topicId = value;
                                else
                                    message.topicId = OffsetQuery.prototype.topicId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partition = value;
                                else
                                    message.partition = OffsetQuery.prototype.partition;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.leaderEpoch = reader.int32();
                                message._leaderEpoch = "leaderEpoch";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.spot = value;
                                else
                                    message.spot = OffsetQuery.prototype.spot;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.timestampMs = value;
                                else
                                    message.timestampMs = OffsetQuery.prototype.timestampMs;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return OffsetQuery;
            })();

            v1.ListOffsetsResponse = (function() {

                const ListOffsetsResponse = function (properties) {
                    this.offsets = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ListOffsetsResponse.prototype.offsets = $util.emptyArray;

                ListOffsetsResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.offsets != null && message.offsets.length)
                        for (let i = 0; i < message.offsets.length; ++i)
                            $root.millrace.log.v1.FoundOffset.encode(message.offsets[i], writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ListOffsetsResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.ListOffsetsResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.offsets && message.offsets.length))
                                    message.offsets = [];
                                message.offsets.push($root.millrace.log.v1.FoundOffset.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return ListOffsetsResponse;
            })();

            v1.FoundOffset = (function() {

                const FoundOffset = function (properties) {
                    this.failure = FoundOffset.prototype.failure;
                    this.offset = FoundOffset.prototype.offset;
                    this.timestampMs = FoundOffset.prototype.timestampMs;
                    this.leaderEpoch = FoundOffset.prototype.leaderEpoch;
                    this.leader = FoundOffset.prototype.leader;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FoundOffset.prototype.failure = null;
                FoundOffset.prototype.offset = null;
                FoundOffset.prototype.timestampMs = null;
                FoundOffset.prototype.leaderEpoch = null;
                FoundOffset.prototype.leader = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(FoundOffset.prototype, "_offset", {
                    get: $util.oneOfGetter($oneOfFields = ["offset"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(FoundOffset.prototype, "_timestampMs", {
                    get: $util.oneOfGetter($oneOfFields = ["timestampMs"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(FoundOffset.prototype, "_leaderEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["leaderEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                FoundOffset.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                        $root.millrace.v1.Failure.encode(message.failure, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.offset != null && $Object.hasOwnProperty.call(message, "offset"))
                        writer.uint32(16).int64(message.offset);
                    if (message.timestampMs != null && $Object.hasOwnProperty.call(message, "timestampMs"))
                        writer.uint32(24).int64(message.timestampMs);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(32).int32(message.leaderEpoch);
                    if (message.leader != null && $Object.hasOwnProperty.call(message, "leader"))
                        $root.millrace.log.v1.Leader.encode(message.leader, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FoundOffset.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.FoundOffset();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.failure = $root.millrace.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.offset = reader.int64();
                                message._offset = "offset";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                message.timestampMs = reader.int64();
                                message._timestampMs = "timestampMs";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.leaderEpoch = reader.int32();
                                message._leaderEpoch = "leaderEpoch";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.leader = $root.millrace.log.v1.Leader.decode(reader, reader.size(), $undefined, _depth + 1, message.leader);
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FoundOffset;
            })();

            v1.InitProducerRequest = (function() {

                const InitProducerRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                InitProducerRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                InitProducerRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.InitProducerRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return InitProducerRequest;
            })();

            v1.InitProducerResponse = (function() {

                const InitProducerResponse = function (properties) {
                    this.producerId = InitProducerResponse.prototype.producerId;
                    this.producerEpoch = InitProducerResponse.prototype.producerEpoch;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                InitProducerResponse.prototype.producerId = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                InitProducerResponse.prototype.producerEpoch = 0;

                InitProducerResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.producerId != null && $Object.hasOwnProperty.call(message, "producerId") && (typeof message.producerId === "object" ? message.producerId.low || message.producerId.high : message.producerId !== 0))
                        writer.uint32(8).int64(message.producerId);
                    if (message.producerEpoch != null && $Object.hasOwnProperty.call(message, "producerEpoch") && message.producerEpoch !== 0)
                        writer.uint32(16).int32(message.producerEpoch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                InitProducerResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.millrace.log.v1.InitProducerResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.producerId = value;
                                else
                                    message.producerId = InitProducerResponse.prototype.producerId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.producerEpoch = value;
                                else
                                    message.producerEpoch = InitProducerResponse.prototype.producerEpoch;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return InitProducerResponse;
            })();

            return v1;
        })();

        return log;
    })();

    millrace.v1 = $failure.v1;

    return millrace;
})();


export const ProduceRequest = millrace.log.v1.ProduceRequest;
export const ProduceEntry = millrace.log.v1.ProduceEntry;
export const ProduceResponse = millrace.log.v1.ProduceResponse;
export const ProduceResult = millrace.log.v1.ProduceResult;
export const Leader = millrace.log.v1.Leader;
export const ConsumeRequest = millrace.log.v1.ConsumeRequest;
export const Subscribe = millrace.log.v1.Subscribe;
export const Credit = millrace.log.v1.Credit;
export const ConsumeResponse = millrace.log.v1.ConsumeResponse;
export const PartitionBatches = millrace.log.v1.PartitionBatches;
export const AbortedTransaction = millrace.log.v1.AbortedTransaction;
export const DescribeTopicsRequest = millrace.log.v1.DescribeTopicsRequest;
export const DescribeTopicsResponse = millrace.log.v1.DescribeTopicsResponse;
export const Broker = millrace.log.v1.Broker;
export const Topic = millrace.log.v1.Topic;
export const Partition = millrace.log.v1.Partition;
export const ListOffsetsRequest = millrace.log.v1.ListOffsetsRequest;
export const OffsetQuery = millrace.log.v1.OffsetQuery;
export const ListOffsetsResponse = millrace.log.v1.ListOffsetsResponse;
export const FoundOffset = millrace.log.v1.FoundOffset;
export const InitProducerRequest = millrace.log.v1.InitProducerRequest;
export const InitProducerResponse = millrace.log.v1.InitProducerResponse;
export const Acks = {"ALL":0,"LEADER":1,"NONE":2};
export const Durability = {"TOPIC":0,"REPLICATED":1,"SYNCED":2};
export const Isolation = {"READ_UNCOMMITTED":0,"READ_COMMITTED":1};
export const OffsetSpot = {"LATEST":0,"EARLIEST":1,"MAX_TIMESTAMP":2,"TIMESTAMP":3};
export const Log = {
    produce: { path: "/millrace.log.v1.Log/Produce", kind: "stream", request: ProduceRequest, response: ProduceResponse },
    consume: { path: "/millrace.log.v1.Log/Consume", kind: "stream", request: ConsumeRequest, response: ConsumeResponse },
    describeTopics: { path: "/millrace.log.v1.Log/DescribeTopics", kind: "unary", request: DescribeTopicsRequest, response: DescribeTopicsResponse },
    listOffsets: { path: "/millrace.log.v1.Log/ListOffsets", kind: "unary", request: ListOffsetsRequest, response: ListOffsetsResponse },
    initProducer: { path: "/millrace.log.v1.Log/InitProducer", kind: "unary", request: InitProducerRequest, response: InitProducerResponse },
};
