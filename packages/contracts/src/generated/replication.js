/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "../protobuf.ts";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["millrace.replication"] || ($protobuf.roots["millrace.replication"] = {});

export const millrace = $root.millrace = (() => {

    const millrace = {};

    millrace.replication = (function() {

        const replication = {};

        replication.v1 = (function() {

            const v1 = {};

            v1.FromFollower = (function() {

                const FromFollower = function (properties) {
                    this.hello = FromFollower.prototype.hello;
                    this.creditBytes = FromFollower.prototype.creditBytes;
                    this.subscribe = [];
                    this.unsubscribe = [];
                    this.acknowledgements = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FromFollower.prototype.hello = null;
                FromFollower.prototype.subscribe = $util.emptyArray;
                FromFollower.prototype.unsubscribe = $util.emptyArray;
                FromFollower.prototype.acknowledgements = $util.emptyArray;
                FromFollower.prototype.creditBytes = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                FromFollower.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        $root.millrace.replication.v1.FollowerHello.encode(message.hello, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.subscribe != null && message.subscribe.length)
                        for (let i = 0; i < message.subscribe.length; ++i)
                            $root.millrace.replication.v1.Subscription.encode(message.subscribe[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.unsubscribe != null && message.unsubscribe.length)
                        writer.uint32(26).int64s(message.unsubscribe);
                    if (message.acknowledgements != null && message.acknowledgements.length)
                        for (let i = 0; i < message.acknowledgements.length; ++i)
                            $root.millrace.replication.v1.Acknowledgement.encode(message.acknowledgements[i], writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.creditBytes != null && $Object.hasOwnProperty.call(message, "creditBytes") && (typeof message.creditBytes === "object" ? message.creditBytes.low || message.creditBytes.high : message.creditBytes !== 0))
                        writer.uint32(40).int64(message.creditBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FromFollower.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.FromFollower();
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
                                message.hello = $root.millrace.replication.v1.FollowerHello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.subscribe && message.subscribe.length))
                                    message.subscribe = [];
                                message.subscribe.push($root.millrace.replication.v1.Subscription.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 3: {
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
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.acknowledgements && message.acknowledgements.length))
                                    message.acknowledgements = [];
                                message.acknowledgements.push($root.millrace.replication.v1.Acknowledgement.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.creditBytes = value;
                                else
                                    message.creditBytes = FromFollower.prototype.creditBytes;
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

                return FromFollower;
            })();

            v1.FollowerHello = (function() {

                const FollowerHello = function (properties) {
                    this.clusterId = FollowerHello.prototype.clusterId;
                    this.brokerId = FollowerHello.prototype.brokerId;
                    this.brokerEpoch = FollowerHello.prototype.brokerEpoch;
                    this.leaderId = FollowerHello.prototype.leaderId;
                    this.levelMin = FollowerHello.prototype.levelMin;
                    this.levelMax = FollowerHello.prototype.levelMax;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FollowerHello.prototype.clusterId = $util.newBuffer([]);
                FollowerHello.prototype.brokerId = 0;
                FollowerHello.prototype.brokerEpoch = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                FollowerHello.prototype.leaderId = 0;
                FollowerHello.prototype.levelMin = 0;
                FollowerHello.prototype.levelMax = 0;

                FollowerHello.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.clusterId != null && $Object.hasOwnProperty.call(message, "clusterId") && message.clusterId.length)
                        writer.uint32(10).bytes(message.clusterId);
                    if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                        writer.uint32(16).int32(message.brokerId);
                    if (message.brokerEpoch != null && $Object.hasOwnProperty.call(message, "brokerEpoch") && (typeof message.brokerEpoch === "object" ? message.brokerEpoch.low || message.brokerEpoch.high : message.brokerEpoch !== 0))
                        writer.uint32(24).int64(message.brokerEpoch);
                    if (message.leaderId != null && $Object.hasOwnProperty.call(message, "leaderId") && message.leaderId !== 0)
                        writer.uint32(32).int32(message.leaderId);
                    if (message.levelMin != null && $Object.hasOwnProperty.call(message, "levelMin") && message.levelMin !== 0)
                        writer.uint32(40).int32(message.levelMin);
                    if (message.levelMax != null && $Object.hasOwnProperty.call(message, "levelMax") && message.levelMax !== 0)
                        writer.uint32(48).int32(message.levelMax);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FollowerHello.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.FollowerHello();
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
                                if ((value = reader.bytes()).length)
                                    message.clusterId = value;
                                else
                                    message.clusterId = FollowerHello.prototype.clusterId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.brokerId = value;
                                else
                                    message.brokerId = FollowerHello.prototype.brokerId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.brokerEpoch = value;
                                else
                                    message.brokerEpoch = FollowerHello.prototype.brokerEpoch;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.leaderId = value;
                                else
                                    message.leaderId = FollowerHello.prototype.leaderId;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.levelMin = value;
                                else
                                    message.levelMin = FollowerHello.prototype.levelMin;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.levelMax = value;
                                else
                                    message.levelMax = FollowerHello.prototype.levelMax;
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

                return FollowerHello;
            })();

            v1.Subscription = (function() {

                const Subscription = function (properties) {
                    this.generation = Subscription.prototype.generation;
                    this.topicId = Subscription.prototype.topicId;
                    this.partition = Subscription.prototype.partition;
                    this.leaderEpoch = Subscription.prototype.leaderEpoch;
                    this.end = Subscription.prototype.end;
                    this.syncedEnd = Subscription.prototype.syncedEnd;
                    this.lastEpoch = Subscription.prototype.lastEpoch;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Subscription.prototype.generation = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Subscription.prototype.topicId = $util.newBuffer([]);
                Subscription.prototype.partition = 0;
                Subscription.prototype.leaderEpoch = 0;
                Subscription.prototype.end = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Subscription.prototype.syncedEnd = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Subscription.prototype.lastEpoch = 0;

                Subscription.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && (typeof message.generation === "object" ? message.generation.low || message.generation.high : message.generation !== 0))
                        writer.uint32(8).int64(message.generation);
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                        writer.uint32(18).bytes(message.topicId);
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                        writer.uint32(24).int32(message.partition);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch") && message.leaderEpoch !== 0)
                        writer.uint32(32).int32(message.leaderEpoch);
                    if (message.end != null && $Object.hasOwnProperty.call(message, "end") && (typeof message.end === "object" ? message.end.low || message.end.high : message.end !== 0))
                        writer.uint32(40).int64(message.end);
                    if (message.syncedEnd != null && $Object.hasOwnProperty.call(message, "syncedEnd") && (typeof message.syncedEnd === "object" ? message.syncedEnd.low || message.syncedEnd.high : message.syncedEnd !== 0))
                        writer.uint32(48).int64(message.syncedEnd);
                    if (message.lastEpoch != null && $Object.hasOwnProperty.call(message, "lastEpoch") && message.lastEpoch !== 0)
                        writer.uint32(56).sint32(message.lastEpoch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Subscription.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.Subscription();
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
                                    message.generation = value;
                                else
                                    message.generation = Subscription.prototype.generation;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.topicId = value;
                                else
                                    message.topicId = Subscription.prototype.topicId;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partition = value;
                                else
                                    message.partition = Subscription.prototype.partition;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.leaderEpoch = value;
                                else
                                    message.leaderEpoch = Subscription.prototype.leaderEpoch;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.end = value;
                                else
                                    message.end = Subscription.prototype.end;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.syncedEnd = value;
                                else
                                    message.syncedEnd = Subscription.prototype.syncedEnd;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.sint32())
                                    message.lastEpoch = value;
                                else
                                    message.lastEpoch = Subscription.prototype.lastEpoch;
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

                return Subscription;
            })();

            v1.Acknowledgement = (function() {

                const Acknowledgement = function (properties) {
                    this.generation = Acknowledgement.prototype.generation;
                    this.writtenEnd = Acknowledgement.prototype.writtenEnd;
                    this.syncedEnd = Acknowledgement.prototype.syncedEnd;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Acknowledgement.prototype.generation = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Acknowledgement.prototype.writtenEnd = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Acknowledgement.prototype.syncedEnd = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                Acknowledgement.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && (typeof message.generation === "object" ? message.generation.low || message.generation.high : message.generation !== 0))
                        writer.uint32(8).int64(message.generation);
                    if (message.writtenEnd != null && $Object.hasOwnProperty.call(message, "writtenEnd") && (typeof message.writtenEnd === "object" ? message.writtenEnd.low || message.writtenEnd.high : message.writtenEnd !== 0))
                        writer.uint32(16).int64(message.writtenEnd);
                    if (message.syncedEnd != null && $Object.hasOwnProperty.call(message, "syncedEnd") && (typeof message.syncedEnd === "object" ? message.syncedEnd.low || message.syncedEnd.high : message.syncedEnd !== 0))
                        writer.uint32(24).int64(message.syncedEnd);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Acknowledgement.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.Acknowledgement();
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
                                    message.generation = value;
                                else
                                    message.generation = Acknowledgement.prototype.generation;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.writtenEnd = value;
                                else
                                    message.writtenEnd = Acknowledgement.prototype.writtenEnd;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.syncedEnd = value;
                                else
                                    message.syncedEnd = Acknowledgement.prototype.syncedEnd;
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

                return Acknowledgement;
            })();

            v1.FromLeader = (function() {

                const FromLeader = function (properties) {
                    this.hello = FromLeader.prototype.hello;
                    this.answers = [];
                    this.pushes = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FromLeader.prototype.hello = null;
                FromLeader.prototype.answers = $util.emptyArray;
                FromLeader.prototype.pushes = $util.emptyArray;

                FromLeader.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        $root.millrace.replication.v1.LeaderHello.encode(message.hello, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.answers != null && message.answers.length)
                        for (let i = 0; i < message.answers.length; ++i)
                            $root.millrace.replication.v1.Answer.encode(message.answers[i], writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.pushes != null && message.pushes.length)
                        for (let i = 0; i < message.pushes.length; ++i)
                            $root.millrace.replication.v1.Push.encode(message.pushes[i], writer.uint32(122).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FromLeader.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.FromLeader();
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
                                message.hello = $root.millrace.replication.v1.LeaderHello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.answers && message.answers.length))
                                    message.answers = [];
                                message.answers.push($root.millrace.replication.v1.Answer.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.pushes && message.pushes.length))
                                    message.pushes = [];
                                message.pushes.push($root.millrace.replication.v1.Push.decode(reader, reader.size(), $undefined, _depth + 1));
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

                return FromLeader;
            })();

            v1.LeaderHello = (function() {

                const LeaderHello = function (properties) {
                    this.brokerId = LeaderHello.prototype.brokerId;
                    this.levelMin = LeaderHello.prototype.levelMin;
                    this.levelMax = LeaderHello.prototype.levelMax;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                LeaderHello.prototype.brokerId = 0;
                LeaderHello.prototype.levelMin = 0;
                LeaderHello.prototype.levelMax = 0;

                LeaderHello.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                        writer.uint32(8).int32(message.brokerId);
                    if (message.levelMin != null && $Object.hasOwnProperty.call(message, "levelMin") && message.levelMin !== 0)
                        writer.uint32(16).int32(message.levelMin);
                    if (message.levelMax != null && $Object.hasOwnProperty.call(message, "levelMax") && message.levelMax !== 0)
                        writer.uint32(24).int32(message.levelMax);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                LeaderHello.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.LeaderHello();
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
                                    message.brokerId = value;
                                else
                                    message.brokerId = LeaderHello.prototype.brokerId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.levelMin = value;
                                else
                                    message.levelMin = LeaderHello.prototype.levelMin;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.levelMax = value;
                                else
                                    message.levelMax = LeaderHello.prototype.levelMax;
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

                return LeaderHello;
            })();

            v1.Answer = (function() {

                const Answer = function (properties) {
                    this.generation = Answer.prototype.generation;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Answer.prototype.generation = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Answer.prototype.accepted = null;
                Answer.prototype.diverging = null;
                Answer.prototype.beginsAt = null;
                Answer.prototype.refused = null;

                let $oneOfFields;

                $Object.defineProperty(Answer.prototype, "answer", {
                    get: $util.oneOfGetter($oneOfFields = ["accepted", "diverging", "beginsAt", "refused"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Answer.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && (typeof message.generation === "object" ? message.generation.low || message.generation.high : message.generation !== 0))
                        writer.uint32(8).int64(message.generation);
                    if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted"))
                        $root.millrace.replication.v1.Marks.encode(message.accepted, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.diverging != null && $Object.hasOwnProperty.call(message, "diverging"))
                        $root.millrace.replication.v1.Diverging.encode(message.diverging, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.beginsAt != null && $Object.hasOwnProperty.call(message, "beginsAt"))
                        writer.uint32(32).int64(message.beginsAt);
                    if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                        $root.millrace.replication.v1.Refused.encode(message.refused, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Answer.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.Answer();
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
                                    message.generation = value;
                                else
                                    message.generation = Answer.prototype.generation;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.accepted = $root.millrace.replication.v1.Marks.decode(reader, reader.size(), $undefined, _depth + 1, message.accepted);
                                message.answer = "accepted";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.diverging = $root.millrace.replication.v1.Diverging.decode(reader, reader.size(), $undefined, _depth + 1, message.diverging);
                                message.answer = "diverging";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.beginsAt = reader.int64();
                                message.answer = "beginsAt";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.refused = $root.millrace.replication.v1.Refused.decode(reader, reader.size(), $undefined, _depth + 1, message.refused);
                                message.answer = "refused";
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

                return Answer;
            })();

            v1.Marks = (function() {

                const Marks = function (properties) {
                    this.highWatermark = Marks.prototype.highWatermark;
                    this.logStart = Marks.prototype.logStart;
                    this.syncTo = Marks.prototype.syncTo;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Marks.prototype.highWatermark = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Marks.prototype.logStart = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Marks.prototype.syncTo = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                Marks.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.highWatermark != null && $Object.hasOwnProperty.call(message, "highWatermark") && (typeof message.highWatermark === "object" ? message.highWatermark.low || message.highWatermark.high : message.highWatermark !== 0))
                        writer.uint32(8).int64(message.highWatermark);
                    if (message.logStart != null && $Object.hasOwnProperty.call(message, "logStart") && (typeof message.logStart === "object" ? message.logStart.low || message.logStart.high : message.logStart !== 0))
                        writer.uint32(16).int64(message.logStart);
                    if (message.syncTo != null && $Object.hasOwnProperty.call(message, "syncTo") && (typeof message.syncTo === "object" ? message.syncTo.low || message.syncTo.high : message.syncTo !== 0))
                        writer.uint32(24).int64(message.syncTo);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Marks.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.Marks();
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
                                    message.highWatermark = value;
                                else
                                    message.highWatermark = Marks.prototype.highWatermark;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.logStart = value;
                                else
                                    message.logStart = Marks.prototype.logStart;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.syncTo = value;
                                else
                                    message.syncTo = Marks.prototype.syncTo;
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

                return Marks;
            })();

            v1.Diverging = (function() {

                const Diverging = function (properties) {
                    this.epoch = Diverging.prototype.epoch;
                    this.endOffset = Diverging.prototype.endOffset;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Diverging.prototype.epoch = 0;
                Diverging.prototype.endOffset = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                Diverging.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && message.epoch !== 0)
                        writer.uint32(8).sint32(message.epoch);
                    if (message.endOffset != null && $Object.hasOwnProperty.call(message, "endOffset") && (typeof message.endOffset === "object" ? message.endOffset.low || message.endOffset.high : message.endOffset !== 0))
                        writer.uint32(16).int64(message.endOffset);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Diverging.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.Diverging();
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
                                if (value = reader.sint32())
                                    message.epoch = value;
                                else
                                    message.epoch = Diverging.prototype.epoch;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.endOffset = value;
                                else
                                    message.endOffset = Diverging.prototype.endOffset;
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

                return Diverging;
            })();

            v1.Refused = (function() {

                const Refused = function (properties) {
                    this.code = Refused.prototype.code;
                    this.leaderEpoch = Refused.prototype.leaderEpoch;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Refused.prototype.code = "";
                Refused.prototype.leaderEpoch = 0;

                Refused.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                        writer.uint32(10).string(message.code);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch") && message.leaderEpoch !== 0)
                        writer.uint32(16).sint32(message.leaderEpoch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Refused.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.Refused();
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
                                    message.code = value;
                                else
                                    message.code = Refused.prototype.code;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.sint32())
                                    message.leaderEpoch = value;
                                else
                                    message.leaderEpoch = Refused.prototype.leaderEpoch;
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

                return Refused;
            })();

            v1.Push = (function() {

                const Push = function (properties) {
                    this.generation = Push.prototype.generation;
                    this.marks = Push.prototype.marks;
                    this.from = Push.prototype.from;
                    this.batches = Push.prototype.batches;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Push.prototype.generation = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Push.prototype.marks = null;
                Push.prototype.from = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                Push.prototype.batches = $util.newBuffer([]);

                Push.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.generation != null && $Object.hasOwnProperty.call(message, "generation") && (typeof message.generation === "object" ? message.generation.low || message.generation.high : message.generation !== 0))
                        writer.uint32(8).int64(message.generation);
                    if (message.marks != null && $Object.hasOwnProperty.call(message, "marks"))
                        $root.millrace.replication.v1.Marks.encode(message.marks, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.from != null && $Object.hasOwnProperty.call(message, "from") && (typeof message.from === "object" ? message.from.low || message.from.high : message.from !== 0))
                        writer.uint32(24).int64(message.from);
                    if (message.batches != null && $Object.hasOwnProperty.call(message, "batches") && message.batches.length)
                        writer.uint32(122).bytes(message.batches);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Push.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.replication.v1.Push();
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
                                    message.generation = value;
                                else
                                    message.generation = Push.prototype.generation;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.marks = $root.millrace.replication.v1.Marks.decode(reader, reader.size(), $undefined, _depth + 1, message.marks);
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.from = value;
                                else
                                    message.from = Push.prototype.from;
                                continue;
                            }
                        case 15: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.batches = value;
                                else
                                    message.batches = Push.prototype.batches;
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

                return Push;
            })();

            return v1;
        })();

        return replication;
    })();

    return millrace;
})();


export const FromFollower = millrace.replication.v1.FromFollower;
export const FollowerHello = millrace.replication.v1.FollowerHello;
export const Subscription = millrace.replication.v1.Subscription;
export const Acknowledgement = millrace.replication.v1.Acknowledgement;
export const FromLeader = millrace.replication.v1.FromLeader;
export const LeaderHello = millrace.replication.v1.LeaderHello;
export const Answer = millrace.replication.v1.Answer;
export const Marks = millrace.replication.v1.Marks;
export const Diverging = millrace.replication.v1.Diverging;
export const Refused = millrace.replication.v1.Refused;
export const Push = millrace.replication.v1.Push;
export const Replication = {
    follow: { path: "/millrace.replication.v1.Replication/Follow", kind: "stream", request: FromFollower, response: FromLeader },
};
