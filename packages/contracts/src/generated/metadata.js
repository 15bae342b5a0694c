/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "../protobuf.ts";

const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

const $root = $protobuf.roots["millrace.metadata"] || ($protobuf.roots["millrace.metadata"] = {});

export const millrace = $root.millrace = (() => {

    const millrace = {};

    millrace.metadata = (function() {

        const metadata = {};

        metadata.v1 = (function() {

            const v1 = {};

            v1.MetadataRecord = (function() {

                const MetadataRecord = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                MetadataRecord.prototype.registerBroker = null;
                MetadataRecord.prototype.brokerChange = null;
                MetadataRecord.prototype.removeBroker = null;
                MetadataRecord.prototype.topic = null;
                MetadataRecord.prototype.partition = null;
                MetadataRecord.prototype.partitionChange = null;
                MetadataRecord.prototype.removeTopic = null;
                MetadataRecord.prototype.config = null;
                MetadataRecord.prototype.producerIds = null;
                MetadataRecord.prototype.featureLevel = null;

                let $oneOfFields;

                $Object.defineProperty(MetadataRecord.prototype, "record", {
                    get: $util.oneOfGetter($oneOfFields = ["registerBroker", "brokerChange", "removeBroker", "topic", "partition", "partitionChange", "removeTopic", "config", "producerIds", "featureLevel"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                MetadataRecord.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.registerBroker != null && $Object.hasOwnProperty.call(message, "registerBroker"))
                        $root.millrace.metadata.v1.RegisterBroker.encode(message.registerBroker, writer.uint32(10).fork(), _depth + 1).ldelim();
                    if (message.brokerChange != null && $Object.hasOwnProperty.call(message, "brokerChange"))
                        $root.millrace.metadata.v1.BrokerChange.encode(message.brokerChange, writer.uint32(18).fork(), _depth + 1).ldelim();
                    if (message.removeBroker != null && $Object.hasOwnProperty.call(message, "removeBroker"))
                        $root.millrace.metadata.v1.RemoveBroker.encode(message.removeBroker, writer.uint32(26).fork(), _depth + 1).ldelim();
                    if (message.topic != null && $Object.hasOwnProperty.call(message, "topic"))
                        $root.millrace.metadata.v1.Topic.encode(message.topic, writer.uint32(34).fork(), _depth + 1).ldelim();
                    if (message.partition != null && $Object.hasOwnProperty.call(message, "partition"))
                        $root.millrace.metadata.v1.Partition.encode(message.partition, writer.uint32(42).fork(), _depth + 1).ldelim();
                    if (message.partitionChange != null && $Object.hasOwnProperty.call(message, "partitionChange"))
                        $root.millrace.metadata.v1.PartitionChange.encode(message.partitionChange, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.removeTopic != null && $Object.hasOwnProperty.call(message, "removeTopic"))
                        $root.millrace.metadata.v1.RemoveTopic.encode(message.removeTopic, writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.config != null && $Object.hasOwnProperty.call(message, "config"))
                        $root.millrace.metadata.v1.Config.encode(message.config, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.producerIds != null && $Object.hasOwnProperty.call(message, "producerIds"))
                        $root.millrace.metadata.v1.ProducerIds.encode(message.producerIds, writer.uint32(74).fork(), _depth + 1).ldelim();
                    if (message.featureLevel != null && $Object.hasOwnProperty.call(message, "featureLevel"))
                        $root.millrace.metadata.v1.FeatureLevel.encode(message.featureLevel, writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                MetadataRecord.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.MetadataRecord();
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
                                message.registerBroker = $root.millrace.metadata.v1.RegisterBroker.decode(reader, reader.size(), $undefined, _depth + 1, message.registerBroker);
                                message.record = "registerBroker";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.brokerChange = $root.millrace.metadata.v1.BrokerChange.decode(reader, reader.size(), $undefined, _depth + 1, message.brokerChange);
                                message.record = "brokerChange";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.removeBroker = $root.millrace.metadata.v1.RemoveBroker.decode(reader, reader.size(), $undefined, _depth + 1, message.removeBroker);
                                message.record = "removeBroker";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.topic = $root.millrace.metadata.v1.Topic.decode(reader, reader.size(), $undefined, _depth + 1, message.topic);
                                message.record = "topic";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.partition = $root.millrace.metadata.v1.Partition.decode(reader, reader.size(), $undefined, _depth + 1, message.partition);
                                message.record = "partition";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.partitionChange = $root.millrace.metadata.v1.PartitionChange.decode(reader, reader.size(), $undefined, _depth + 1, message.partitionChange);
                                message.record = "partitionChange";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.removeTopic = $root.millrace.metadata.v1.RemoveTopic.decode(reader, reader.size(), $undefined, _depth + 1, message.removeTopic);
                                message.record = "removeTopic";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.config = $root.millrace.metadata.v1.Config.decode(reader, reader.size(), $undefined, _depth + 1, message.config);
                                message.record = "config";
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.producerIds = $root.millrace.metadata.v1.ProducerIds.decode(reader, reader.size(), $undefined, _depth + 1, message.producerIds);
                                message.record = "producerIds";
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.featureLevel = $root.millrace.metadata.v1.FeatureLevel.decode(reader, reader.size(), $undefined, _depth + 1, message.featureLevel);
                                message.record = "featureLevel";
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

                return MetadataRecord;
            })();

            v1.RegisterBroker = (function() {

                const RegisterBroker = function (properties) {
                    this.brokerId = RegisterBroker.prototype.brokerId;
                    this.incarnation = RegisterBroker.prototype.incarnation;
                    this.directoryId = RegisterBroker.prototype.directoryId;
                    this.host = RegisterBroker.prototype.host;
                    this.rack = RegisterBroker.prototype.rack;
                    this.state = RegisterBroker.prototype.state;
                    this.listeners = [];
                    this.features = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RegisterBroker.prototype.brokerId = 0;
                RegisterBroker.prototype.incarnation = $util.newBuffer([]);
                RegisterBroker.prototype.directoryId = $util.newBuffer([]);
                RegisterBroker.prototype.host = "";
                RegisterBroker.prototype.rack = null;
                RegisterBroker.prototype.listeners = $util.emptyArray;
                RegisterBroker.prototype.features = $util.emptyArray;
                RegisterBroker.prototype.state = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(RegisterBroker.prototype, "_rack", {
                    get: $util.oneOfGetter($oneOfFields = ["rack"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                RegisterBroker.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                        writer.uint32(8).int32(message.brokerId);
                    if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && message.incarnation.length)
                        writer.uint32(18).bytes(message.incarnation);
                    if (message.directoryId != null && $Object.hasOwnProperty.call(message, "directoryId") && message.directoryId.length)
                        writer.uint32(26).bytes(message.directoryId);
                    if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                        writer.uint32(34).string(message.host);
                    if (message.rack != null && $Object.hasOwnProperty.call(message, "rack"))
                        writer.uint32(42).string(message.rack);
                    if (message.listeners != null && message.listeners.length)
                        for (let i = 0; i < message.listeners.length; ++i)
                            $root.millrace.metadata.v1.Listener.encode(message.listeners[i], writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.features != null && message.features.length)
                        for (let i = 0; i < message.features.length; ++i)
                            $root.millrace.metadata.v1.FeatureRange.encode(message.features[i], writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                        $root.millrace.metadata.v1.BrokerState.encode(message.state, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RegisterBroker.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.RegisterBroker();
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
                                    message.brokerId = RegisterBroker.prototype.brokerId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.incarnation = value;
                                else
                                    message.incarnation = RegisterBroker.prototype.incarnation;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.directoryId = value;
                                else
                                    message.directoryId = RegisterBroker.prototype.directoryId;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.host = value;
                                else
                                    message.host = RegisterBroker.prototype.host;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.rack = reader.stringVerify();
                                message._rack = "rack";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.listeners && message.listeners.length))
                                    message.listeners = [];
                                message.listeners.push($root.millrace.metadata.v1.Listener.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.features && message.features.length))
                                    message.features = [];
                                message.features.push($root.millrace.metadata.v1.FeatureRange.decode(reader, reader.size(), $undefined, _depth + 1));
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.state = $root.millrace.metadata.v1.BrokerState.decode(reader, reader.size(), $undefined, _depth + 1, message.state);
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

                return RegisterBroker;
            })();

            v1.BrokerState = (function() {

                const BrokerState = function (properties) {
                    this.epoch = BrokerState.prototype.epoch;
                    this.isFenced = BrokerState.prototype.isFenced;
                    this.isInControlledShutdown = BrokerState.prototype.isInControlledShutdown;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                BrokerState.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                BrokerState.prototype.isFenced = false;
                BrokerState.prototype.isInControlledShutdown = false;

                BrokerState.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(8).int64(message.epoch);
                    if (message.isFenced != null && $Object.hasOwnProperty.call(message, "isFenced") && message.isFenced !== false)
                        writer.uint32(16).bool(message.isFenced);
                    if (message.isInControlledShutdown != null && $Object.hasOwnProperty.call(message, "isInControlledShutdown") && message.isInControlledShutdown !== false)
                        writer.uint32(24).bool(message.isInControlledShutdown);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                BrokerState.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.BrokerState();
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
                                    message.epoch = value;
                                else
                                    message.epoch = BrokerState.prototype.epoch;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.isFenced = value;
                                else
                                    message.isFenced = BrokerState.prototype.isFenced;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.isInControlledShutdown = value;
                                else
                                    message.isInControlledShutdown = BrokerState.prototype.isInControlledShutdown;
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

                return BrokerState;
            })();

            v1.Listener = (function() {

                const Listener = function (properties) {
                    this.name = Listener.prototype.name;
                    this.host = Listener.prototype.host;
                    this.port = Listener.prototype.port;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Listener.prototype.name = "";
                Listener.prototype.host = "";
                Listener.prototype.port = 0;

                Listener.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(10).string(message.name);
                    if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                        writer.uint32(18).string(message.host);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(24).int32(message.port);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Listener.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.Listener();
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
                                    message.name = value;
                                else
                                    message.name = Listener.prototype.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.host = value;
                                else
                                    message.host = Listener.prototype.host;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.port = value;
                                else
                                    message.port = Listener.prototype.port;
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

                return Listener;
            })();

            v1.FeatureRange = (function() {

                const FeatureRange = function (properties) {
                    this.name = FeatureRange.prototype.name;
                    this.levelMin = FeatureRange.prototype.levelMin;
                    this.levelMax = FeatureRange.prototype.levelMax;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FeatureRange.prototype.name = "";
                FeatureRange.prototype.levelMin = 0;
                FeatureRange.prototype.levelMax = 0;

                FeatureRange.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(10).string(message.name);
                    if (message.levelMin != null && $Object.hasOwnProperty.call(message, "levelMin") && message.levelMin !== 0)
                        writer.uint32(16).int32(message.levelMin);
                    if (message.levelMax != null && $Object.hasOwnProperty.call(message, "levelMax") && message.levelMax !== 0)
                        writer.uint32(24).int32(message.levelMax);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FeatureRange.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.FeatureRange();
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
                                    message.name = value;
                                else
                                    message.name = FeatureRange.prototype.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.levelMin = value;
                                else
                                    message.levelMin = FeatureRange.prototype.levelMin;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.levelMax = value;
                                else
                                    message.levelMax = FeatureRange.prototype.levelMax;
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

                return FeatureRange;
            })();

            v1.BrokerChange = (function() {

                const BrokerChange = function (properties) {
                    this.brokerId = BrokerChange.prototype.brokerId;
                    this.epoch = BrokerChange.prototype.epoch;
                    this.isFenced = BrokerChange.prototype.isFenced;
                    this.isInControlledShutdown = BrokerChange.prototype.isInControlledShutdown;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                BrokerChange.prototype.brokerId = 0;
                BrokerChange.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                BrokerChange.prototype.isFenced = null;
                BrokerChange.prototype.isInControlledShutdown = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(BrokerChange.prototype, "_isFenced", {
                    get: $util.oneOfGetter($oneOfFields = ["isFenced"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(BrokerChange.prototype, "_isInControlledShutdown", {
                    get: $util.oneOfGetter($oneOfFields = ["isInControlledShutdown"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                BrokerChange.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                        writer.uint32(8).int32(message.brokerId);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(16).int64(message.epoch);
                    if (message.isFenced != null && $Object.hasOwnProperty.call(message, "isFenced"))
                        writer.uint32(24).bool(message.isFenced);
                    if (message.isInControlledShutdown != null && $Object.hasOwnProperty.call(message, "isInControlledShutdown"))
                        writer.uint32(32).bool(message.isInControlledShutdown);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                BrokerChange.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.BrokerChange();
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
                                    message.brokerId = BrokerChange.prototype.brokerId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    message.epoch = BrokerChange.prototype.epoch;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                message.isFenced = reader.bool();
                                message._isFenced = "isFenced";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.isInControlledShutdown = reader.bool();
                                message._isInControlledShutdown = "isInControlledShutdown";
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

                return BrokerChange;
            })();

            v1.RemoveBroker = (function() {

                const RemoveBroker = function (properties) {
                    this.brokerId = RemoveBroker.prototype.brokerId;
                    this.epoch = RemoveBroker.prototype.epoch;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RemoveBroker.prototype.brokerId = 0;
                RemoveBroker.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

                RemoveBroker.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId") && message.brokerId !== 0)
                        writer.uint32(8).int32(message.brokerId);
                    if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                        writer.uint32(16).int64(message.epoch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RemoveBroker.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.RemoveBroker();
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
                                    message.brokerId = RemoveBroker.prototype.brokerId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                    message.epoch = value;
                                else
                                    message.epoch = RemoveBroker.prototype.epoch;
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

                return RemoveBroker;
            })();

            v1.Topic = (function() {

                const Topic = function (properties) {
                    this.topicId = Topic.prototype.topicId;
                    this.name = Topic.prototype.name;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Topic.prototype.topicId = $util.newBuffer([]);
                Topic.prototype.name = "";

                Topic.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                        writer.uint32(10).bytes(message.topicId);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(18).string(message.name);
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
                    message = _target || new $root.millrace.metadata.v1.Topic();
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
                                    message.topicId = value;
                                else
                                    message.topicId = Topic.prototype.topicId;
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
                    this.topicId = Partition.prototype.topicId;
                    this.index = Partition.prototype.index;
                    this.leader = Partition.prototype.leader;
                    this.leaderEpoch = Partition.prototype.leaderEpoch;
                    this.partitionEpoch = Partition.prototype.partitionEpoch;
                    this.lastKnownLeader = Partition.prototype.lastKnownLeader;
                    this.replicas = [];
                    this.isr = [];
                    this.addingReplicas = [];
                    this.removingReplicas = [];
                    this.eligibleLeaders = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Partition.prototype.topicId = $util.newBuffer([]);
                Partition.prototype.index = 0;
                Partition.prototype.replicas = $util.emptyArray;
                Partition.prototype.isr = $util.emptyArray;
                Partition.prototype.leader = 0;
                Partition.prototype.leaderEpoch = 0;
                Partition.prototype.partitionEpoch = 0;
                Partition.prototype.addingReplicas = $util.emptyArray;
                Partition.prototype.removingReplicas = $util.emptyArray;
                Partition.prototype.eligibleLeaders = $util.emptyArray;
                Partition.prototype.lastKnownLeader = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Partition.prototype, "_lastKnownLeader", {
                    get: $util.oneOfGetter($oneOfFields = ["lastKnownLeader"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Partition.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                        writer.uint32(10).bytes(message.topicId);
                    if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                        writer.uint32(16).int32(message.index);
                    if (message.replicas != null && message.replicas.length)
                        writer.uint32(26).int32s(message.replicas);
                    if (message.isr != null && message.isr.length)
                        writer.uint32(34).int32s(message.isr);
                    if (message.leader != null && $Object.hasOwnProperty.call(message, "leader") && message.leader !== 0)
                        writer.uint32(40).sint32(message.leader);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch") && message.leaderEpoch !== 0)
                        writer.uint32(48).int32(message.leaderEpoch);
                    if (message.partitionEpoch != null && $Object.hasOwnProperty.call(message, "partitionEpoch") && message.partitionEpoch !== 0)
                        writer.uint32(56).int32(message.partitionEpoch);
                    if (message.addingReplicas != null && message.addingReplicas.length)
                        writer.uint32(66).int32s(message.addingReplicas);
                    if (message.removingReplicas != null && message.removingReplicas.length)
                        writer.uint32(74).int32s(message.removingReplicas);
                    if (message.eligibleLeaders != null && message.eligibleLeaders.length)
                        writer.uint32(82).int32s(message.eligibleLeaders);
                    if (message.lastKnownLeader != null && $Object.hasOwnProperty.call(message, "lastKnownLeader"))
                        writer.uint32(88).int32(message.lastKnownLeader);
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
                    message = _target || new $root.millrace.metadata.v1.Partition();
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
                                    message.topicId = value;
                                else
                                    message.topicId = Partition.prototype.topicId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.index = value;
                                else
                                    message.index = Partition.prototype.index;
                                continue;
                            }
                        case 3: {
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
                        case 4: {
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
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.sint32())
                                    message.leader = value;
                                else
                                    message.leader = Partition.prototype.leader;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.leaderEpoch = value;
                                else
                                    message.leaderEpoch = Partition.prototype.leaderEpoch;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partitionEpoch = value;
                                else
                                    message.partitionEpoch = Partition.prototype.partitionEpoch;
                                continue;
                            }
                        case 8: {
                                if (wireType === 2) {
                                    if (!(message.addingReplicas && message.addingReplicas.length))
                                        message.addingReplicas = [];
                                    reader.int32s(message.addingReplicas);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.addingReplicas && message.addingReplicas.length))
                                    message.addingReplicas = [];
                                message.addingReplicas.push(reader.int32());
                                continue;
                            }
                        case 9: {
                                if (wireType === 2) {
                                    if (!(message.removingReplicas && message.removingReplicas.length))
                                        message.removingReplicas = [];
                                    reader.int32s(message.removingReplicas);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.removingReplicas && message.removingReplicas.length))
                                    message.removingReplicas = [];
                                message.removingReplicas.push(reader.int32());
                                continue;
                            }
                        case 10: {
                                if (wireType === 2) {
                                    if (!(message.eligibleLeaders && message.eligibleLeaders.length))
                                        message.eligibleLeaders = [];
                                    reader.int32s(message.eligibleLeaders);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.eligibleLeaders && message.eligibleLeaders.length))
                                    message.eligibleLeaders = [];
                                message.eligibleLeaders.push(reader.int32());
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                message.lastKnownLeader = reader.int32();
                                message._lastKnownLeader = "lastKnownLeader";
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

            v1.PartitionChange = (function() {

                const PartitionChange = function (properties) {
                    this.topicId = PartitionChange.prototype.topicId;
                    this.index = PartitionChange.prototype.index;
                    this.partitionEpoch = PartitionChange.prototype.partitionEpoch;
                    this.leader = PartitionChange.prototype.leader;
                    this.leaderEpoch = PartitionChange.prototype.leaderEpoch;
                    this.isr = PartitionChange.prototype.isr;
                    this.replicas = PartitionChange.prototype.replicas;
                    this.addingReplicas = PartitionChange.prototype.addingReplicas;
                    this.removingReplicas = PartitionChange.prototype.removingReplicas;
                    this.eligibleLeaders = PartitionChange.prototype.eligibleLeaders;
                    this.lastKnownLeader = PartitionChange.prototype.lastKnownLeader;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                PartitionChange.prototype.topicId = $util.newBuffer([]);
                PartitionChange.prototype.index = 0;
                PartitionChange.prototype.partitionEpoch = 0;
                PartitionChange.prototype.leader = null;
                PartitionChange.prototype.leaderEpoch = null;
                PartitionChange.prototype.isr = null;
                PartitionChange.prototype.replicas = null;
                PartitionChange.prototype.addingReplicas = null;
                PartitionChange.prototype.removingReplicas = null;
                PartitionChange.prototype.eligibleLeaders = null;
                PartitionChange.prototype.lastKnownLeader = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PartitionChange.prototype, "_leader", {
                    get: $util.oneOfGetter($oneOfFields = ["leader"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PartitionChange.prototype, "_leaderEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["leaderEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(PartitionChange.prototype, "_lastKnownLeader", {
                    get: $util.oneOfGetter($oneOfFields = ["lastKnownLeader"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                PartitionChange.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                        writer.uint32(10).bytes(message.topicId);
                    if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                        writer.uint32(16).int32(message.index);
                    if (message.partitionEpoch != null && $Object.hasOwnProperty.call(message, "partitionEpoch") && message.partitionEpoch !== 0)
                        writer.uint32(24).int32(message.partitionEpoch);
                    if (message.leader != null && $Object.hasOwnProperty.call(message, "leader"))
                        writer.uint32(32).sint32(message.leader);
                    if (message.leaderEpoch != null && $Object.hasOwnProperty.call(message, "leaderEpoch"))
                        writer.uint32(40).int32(message.leaderEpoch);
                    if (message.isr != null && $Object.hasOwnProperty.call(message, "isr"))
                        $root.millrace.metadata.v1.BrokerList.encode(message.isr, writer.uint32(50).fork(), _depth + 1).ldelim();
                    if (message.replicas != null && $Object.hasOwnProperty.call(message, "replicas"))
                        $root.millrace.metadata.v1.BrokerList.encode(message.replicas, writer.uint32(58).fork(), _depth + 1).ldelim();
                    if (message.addingReplicas != null && $Object.hasOwnProperty.call(message, "addingReplicas"))
                        $root.millrace.metadata.v1.BrokerList.encode(message.addingReplicas, writer.uint32(66).fork(), _depth + 1).ldelim();
                    if (message.removingReplicas != null && $Object.hasOwnProperty.call(message, "removingReplicas"))
                        $root.millrace.metadata.v1.BrokerList.encode(message.removingReplicas, writer.uint32(74).fork(), _depth + 1).ldelim();
                    if (message.eligibleLeaders != null && $Object.hasOwnProperty.call(message, "eligibleLeaders"))
                        $root.millrace.metadata.v1.BrokerList.encode(message.eligibleLeaders, writer.uint32(82).fork(), _depth + 1).ldelim();
                    if (message.lastKnownLeader != null && $Object.hasOwnProperty.call(message, "lastKnownLeader"))
                        writer.uint32(88).sint32(message.lastKnownLeader);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                PartitionChange.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.PartitionChange();
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
                                    message.topicId = value;
                                else
                                    message.topicId = PartitionChange.prototype.topicId;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.index = value;
                                else
                                    message.index = PartitionChange.prototype.index;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.partitionEpoch = value;
                                else
                                    message.partitionEpoch = PartitionChange.prototype.partitionEpoch;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                message.leader = reader.sint32();
                                message._leader = "leader";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                message.leaderEpoch = reader.int32();
                                message._leaderEpoch = "leaderEpoch";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.isr = $root.millrace.metadata.v1.BrokerList.decode(reader, reader.size(), $undefined, _depth + 1, message.isr);
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.replicas = $root.millrace.metadata.v1.BrokerList.decode(reader, reader.size(), $undefined, _depth + 1, message.replicas);
                                continue;
                            }
                        case 8: {
                                if (wireType !== 2)
                                    break;
                                message.addingReplicas = $root.millrace.metadata.v1.BrokerList.decode(reader, reader.size(), $undefined, _depth + 1, message.addingReplicas);
                                continue;
                            }
                        case 9: {
                                if (wireType !== 2)
                                    break;
                                message.removingReplicas = $root.millrace.metadata.v1.BrokerList.decode(reader, reader.size(), $undefined, _depth + 1, message.removingReplicas);
                                continue;
                            }
                        case 10: {
                                if (wireType !== 2)
                                    break;
                                message.eligibleLeaders = $root.millrace.metadata.v1.BrokerList.decode(reader, reader.size(), $undefined, _depth + 1, message.eligibleLeaders);
                                continue;
                            }
                        case 11: {
                                if (wireType !== 0)
                                    break;
                                message.lastKnownLeader = reader.sint32();
                                message._lastKnownLeader = "lastKnownLeader";
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

                return PartitionChange;
            })();

            v1.BrokerList = (function() {

                const BrokerList = function (properties) {
                    this.ids = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                BrokerList.prototype.ids = $util.emptyArray;

                BrokerList.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.ids != null && message.ids.length)
                        writer.uint32(10).int32s(message.ids);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                BrokerList.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.BrokerList();
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
                                    if (!(message.ids && message.ids.length))
                                        message.ids = [];
                                    reader.int32s(message.ids);
                                    continue;
                                }
                                if (wireType !== 0)
                                    break;
                                if (!(message.ids && message.ids.length))
                                    message.ids = [];
                                message.ids.push(reader.int32());
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

                return BrokerList;
            })();

            v1.RemoveTopic = (function() {

                const RemoveTopic = function (properties) {
                    this.topicId = RemoveTopic.prototype.topicId;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                RemoveTopic.prototype.topicId = $util.newBuffer([]);

                RemoveTopic.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId") && message.topicId.length)
                        writer.uint32(10).bytes(message.topicId);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                RemoveTopic.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.RemoveTopic();
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
                                    message.topicId = value;
                                else
                                    message.topicId = RemoveTopic.prototype.topicId;
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

                return RemoveTopic;
            })();

            v1.Config = (function() {

                const Config = function (properties) {
                    this.key = Config.prototype.key;
                    this.value = Config.prototype.value;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                Config.prototype.topicId = null;
                Config.prototype.brokerId = null;
                Config.prototype.cluster = null;
                Config.prototype.key = "";
                Config.prototype.value = null;

                let $oneOfFields;

                $Object.defineProperty(Config.prototype, "resource", {
                    get: $util.oneOfGetter($oneOfFields = ["topicId", "brokerId", "cluster"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(Config.prototype, "_value", {
                    get: $util.oneOfGetter($oneOfFields = ["value"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                Config.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.topicId != null && $Object.hasOwnProperty.call(message, "topicId"))
                        writer.uint32(10).bytes(message.topicId);
                    if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(16).int32(message.brokerId);
                    if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                        writer.uint32(24).bool(message.cluster);
                    if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                        writer.uint32(50).string(message.key);
                    if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                        writer.uint32(58).string(message.value);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                Config.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.Config();
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
                                message.topicId = reader.bytes();
                                message.resource = "topicId";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.brokerId = reader.int32();
                                message.resource = "brokerId";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                message.cluster = reader.bool();
                                message.resource = "cluster";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.key = value;
                                else
                                    message.key = Config.prototype.key;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.value = reader.stringVerify();
                                message._value = "value";
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

                return Config;
            })();

            v1.ProducerIds = (function() {

                const ProducerIds = function (properties) {
                    this.next = ProducerIds.prototype.next;
                    this.brokerId = ProducerIds.prototype.brokerId;
                    this.brokerEpoch = ProducerIds.prototype.brokerEpoch;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                ProducerIds.prototype.next = $util.Long ? $util.Long.fromBits(0,0,false) : 0;
                ProducerIds.prototype.brokerId = null;
                ProducerIds.prototype.brokerEpoch = null;

                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(ProducerIds.prototype, "_brokerId", {
                    get: $util.oneOfGetter($oneOfFields = ["brokerId"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(ProducerIds.prototype, "_brokerEpoch", {
                    get: $util.oneOfGetter($oneOfFields = ["brokerEpoch"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                ProducerIds.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.next != null && $Object.hasOwnProperty.call(message, "next") && (typeof message.next === "object" ? message.next.low || message.next.high : message.next !== 0))
                        writer.uint32(8).int64(message.next);
                    if (message.brokerId != null && $Object.hasOwnProperty.call(message, "brokerId"))
                        writer.uint32(16).int32(message.brokerId);
                    if (message.brokerEpoch != null && $Object.hasOwnProperty.call(message, "brokerEpoch"))
                        writer.uint32(24).int64(message.brokerEpoch);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                ProducerIds.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.ProducerIds();
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
                                    message.next = value;
                                else
                                    message.next = ProducerIds.prototype.next;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                message.brokerId = reader.int32();
                                message._brokerId = "brokerId";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                message.brokerEpoch = reader.int64();
                                message._brokerEpoch = "brokerEpoch";
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

                return ProducerIds;
            })();

            v1.FeatureLevel = (function() {

                const FeatureLevel = function (properties) {
                    this.name = FeatureLevel.prototype.name;
                    this.level = FeatureLevel.prototype.level;
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                FeatureLevel.prototype.name = "";
                FeatureLevel.prototype.level = 0;

                FeatureLevel.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(10).string(message.name);
                    if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                        writer.uint32(16).int32(message.level);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                FeatureLevel.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.FeatureLevel();
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
                                    message.name = value;
                                else
                                    message.name = FeatureLevel.prototype.name;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.int32())
                                    message.level = value;
                                else
                                    message.level = FeatureLevel.prototype.level;
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

                return FeatureLevel;
            })();

            v1.SnapshotChunk = (function() {

                const SnapshotChunk = function (properties) {
                    this.records = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                SnapshotChunk.prototype.records = $util.emptyArray;

                SnapshotChunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.records != null && message.records.length)
                        for (let i = 0; i < message.records.length; ++i)
                            writer.uint32(10).bytes(message.records[i]);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                SnapshotChunk.decode = function (reader, length, _end, _depth, _target) {
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
                    message = _target || new $root.millrace.metadata.v1.SnapshotChunk();
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
                                if (!(message.records && message.records.length))
                                    message.records = [];
                                message.records.push(reader.bytes());
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

                return SnapshotChunk;
            })();

            return v1;
        })();

        return metadata;
    })();

    return millrace;
})();


export const MetadataRecord = millrace.metadata.v1.MetadataRecord;
export const RegisterBroker = millrace.metadata.v1.RegisterBroker;
export const BrokerState = millrace.metadata.v1.BrokerState;
export const Listener = millrace.metadata.v1.Listener;
export const FeatureRange = millrace.metadata.v1.FeatureRange;
export const BrokerChange = millrace.metadata.v1.BrokerChange;
export const RemoveBroker = millrace.metadata.v1.RemoveBroker;
export const Topic = millrace.metadata.v1.Topic;
export const Partition = millrace.metadata.v1.Partition;
export const PartitionChange = millrace.metadata.v1.PartitionChange;
export const BrokerList = millrace.metadata.v1.BrokerList;
export const RemoveTopic = millrace.metadata.v1.RemoveTopic;
export const Config = millrace.metadata.v1.Config;
export const ProducerIds = millrace.metadata.v1.ProducerIds;
export const FeatureLevel = millrace.metadata.v1.FeatureLevel;
export const SnapshotChunk = millrace.metadata.v1.SnapshotChunk;
